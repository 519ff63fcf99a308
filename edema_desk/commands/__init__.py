"""The commands of `edema-desk`, a file each; `cli` puts them together."""
