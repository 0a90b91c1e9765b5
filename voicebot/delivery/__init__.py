"""Letters that leave the house: e-mail, SMS and webhooks."""
