"""The money: what it is watched for, how long it lasts, and what is scheduled with it."""
