"""What the product knows without a database, a chat or a wire: states, rules, money, hours."""
