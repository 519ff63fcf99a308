"""What leaves the clinic: files, studies, pages."""
