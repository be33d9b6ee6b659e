/* atom.h - positional atoms by their definitions: what the engine's rules are held against. */
#ifndef TESTS_ENGINE_ATOM_H
#define TESTS_ENGINE_ATOM_H

#include "engine/mechanism.h"
#include "engine/rng.h"

enum { ATOM_LARGEST = 33, ATOM_TEXT = 900 }; /* most tokens of a case; bytes of its expression */

typedef struct {
    int64_t n, p[3];
    bool    listed[ATOM_LARGEST];
    int64_t list[ATOM_LARGEST + 4]; /* of atoms that take numbers in order */
    int     items;
    bool    block[ATOM_LARGEST][ATOM_LARGEST]; /* [query block][key block] */
    bool    causal;                            /* the background, for rules that follow it */
    char    text[ATOM_TEXT];
} Case;

typedef struct {
    const char *name;
    void (*draw)(Case *c, Rng *rng);                    /* parameters and text */
    bool (*holds)(const Case *c, int64_t i, int64_t j); /* the definition, without background */
} Atom;

/* Those with lists, boxes and shifted windows; closed by an entry without a name. */
extern const Atom atom_structured[];

#endif
