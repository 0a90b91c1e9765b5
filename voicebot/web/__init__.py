"""The pages and the API: ring in the browser, look at the calls, hear them."""
