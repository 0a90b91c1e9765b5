"""Pure: who has an account, what he may see and do, and how he proves who he is."""
