"""brat's standoff annotation, as what leaves and what comes in both know it: pure functions over plain values."""
