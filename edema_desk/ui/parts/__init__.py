"""Parts that know nothing of patients: every page is made of them."""
