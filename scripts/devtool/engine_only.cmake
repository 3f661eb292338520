# Read inside llama.cpp's own project(), where a plain variable goes before the cache entry that
# llama-cpp-python forces: its command line tools' library takes a third of the build and is not used.
set(LLAMA_BUILD_COMMON OFF)
