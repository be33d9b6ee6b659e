#include "engine/catalogue.h"
#include "engine/design.h"
#include "engine/near.h"

#include <assert.h>
#include <string.h>

#define MECHANISM(name) extern const Mechanism mech_##name[];
#include "mechanisms.inc"
#undef MECHANISM

static const Mechanism *const file[] = {
#define MECHANISM(name) mech_##name,
#include "mechanisms.inc"
#undef MECHANISM
};
enum { FILES = sizeof file / sizeof *file };

/* Goes through the atoms in the order of the files: the one behind m, the first for NULL. */
typedef struct {
    int              file;
    const Mechanism *at;
} Walk;

static const Mechanism *next_atom(Walk *walk)
{
    if (walk->at) walk->at++;
    else if (walk->file < FILES) walk->at = file[walk->file];
    while (walk->at && !walk->at->name) walk->at = ++walk->file < FILES ? file[walk->file] : NULL;
    return walk->at;
}

static int atoms(void)
{
    int count = 0;
    for (Walk walk = {0}; next_atom(&walk);) count++;
    return count;
}

static int designs(void)
{
    int count = 0;
    while (design_list[count].name) count++;
    return count;
}

int catalogue_count(void)
{
    return atoms() + designs();
}

/* The atom before which k others come by name. */
static const Mechanism *atom_at(int k)
{
    for (Walk walk = {0}; next_atom(&walk);) {
        int before = 0;
        for (Walk other = {0}; next_atom(&other);)
            before += strcmp(other.at->name, walk.at->name) < 0;
        if (before == k) return walk.at;
    }
    return NULL;
}

static const Mechanism *design_at(int k)
{
    for (const Mechanism *m = design_list; m->name; m++) {
        int before = 0;
        for (const Mechanism *other = design_list; other->name; other++)
            before += strcmp(other->name, m->name) < 0;
        if (before == k) return m;
    }
    return NULL;
}

const Mechanism *catalogue_at(int k)
{
    assert(k >= 0 && k < catalogue_count());
    int count = atoms();
    return k < count ? atom_at(k) : design_at(k - count);
}

static bool named(const Mechanism *m, const char *name, size_t len)
{
    return strncmp(m->name, name, len) == 0 && m->name[len] == '\0';
}

const Mechanism *catalogue_find(const char *name, size_t len)
{
    if (memchr(name, '\0', len)) return NULL;
    for (Walk walk = {0}; next_atom(&walk);)
        if (named(walk.at, name, len)) return walk.at;
    for (const Mechanism *m = design_list; m->name; m++)
        if (named(m, name, len)) return m;
    return NULL;
}

static const char *next_name(int k, const void *context)
{
    (void)context;
    return k < catalogue_count() ? catalogue_at(k)->name : NULL;
}

const char *catalogue_near(const char *name, size_t len)
{
    return near_name(name, len, next_name, NULL);
}

static const char *next_param(int k, const void *context)
{
    const Mechanism *m = context;
    return k < m->params ? m->param[k].name : NULL;
}

const char *catalogue_near_param(const Mechanism *mechanism, const char *name, size_t len)
{
    return near_name(name, len, next_param, mechanism);
}
