"""What planning goes by: working hours, calendars, the user's own words."""
