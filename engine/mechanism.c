#include "engine/mechanism.h"

const char *class_word(Class c)
{
    switch (c) {
#define CLASS_CASE(name, word, sentence)                                                          \
    case CLASS_##name:                                                                            \
        return word;
        CLASS_LIST(CLASS_CASE)
#undef CLASS_CASE
    }
    return "";
}

const char *class_sentence(Class c)
{
    switch (c) {
#define CLASS_CASE(name, word, sentence)                                                          \
    case CLASS_##name:                                                                            \
        return sentence;
        CLASS_LIST(CLASS_CASE)
#undef CLASS_CASE
    }
    return "";
}

const char *background_word(Background b)
{
    return b == BACKGROUND_CAUSAL ? "causal" : "bidirectional";
}
