"""Batches and their messages: confirmed, sent, tracked, decided on."""
