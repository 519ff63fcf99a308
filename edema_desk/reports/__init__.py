"""Pictures for paper and for a report, drawn without a screen. Imported only when asked for one."""
