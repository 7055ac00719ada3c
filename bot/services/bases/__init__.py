"""Phone bases and the imports that fill them."""
