"""The companies the telephone is answered for, read from flows/clients/."""
