"""What happens around a question, on every platform alike."""
