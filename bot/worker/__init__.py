"""The worker wing: rows into gateway calls, answers into rows."""
