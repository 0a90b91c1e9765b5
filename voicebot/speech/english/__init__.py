"""English as the ear needs it: phonemes, words, how they are said, and what may be awaited."""
