"""What is due, done in time: escalation, delivery, reminders."""
