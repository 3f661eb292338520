"""The concepts of a course as a picture that can be walked through."""
