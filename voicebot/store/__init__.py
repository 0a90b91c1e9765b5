"""Where calls are kept: tables, one small store per noun, migrations."""
