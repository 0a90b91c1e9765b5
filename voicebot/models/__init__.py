"""The recipe that trains the shipped ear, and the bench that measures any ear."""
