"""JSON Schemas as grammars in llama.cpp's notation (GBNF); pure text, no engine needed."""
