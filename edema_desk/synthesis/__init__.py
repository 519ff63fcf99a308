"""Made-up patients: portraits and swelling that become a study folder."""
