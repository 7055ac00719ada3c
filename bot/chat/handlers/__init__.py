"""What the bot does with each update: parse, one service call, reply. One file for each command or family of presses."""
