/* same.c - queries see the keys that carry their own number.
 * Source: Ainslie et al. 2020, arXiv:2004.08483 (structure given beside the text).
 * A negative or missing number is in no group. Pairs: the sum over groups of g members of
 * g(g+1)/2, causal, or g*g     (n=6, ids=[0,1,0,-1,1,0]: 9, causal) */
#include "engine/listed.h"
#include "engine/mechanism.h"
#include "engine/progression.h"

#include <stdlib.h>

static const Param param[] = {
    {.name = "ids",
     .kind = PARAM_LIST,
     .min = -INTEGER_LIMIT,
     .max = INTEGER_LIMIT,
     .list = LIST_ORDERED,
     .unit = "",
     .help = "a number for each position; equal ones see each other, negative ones none"},
};

typedef struct {
    int64_t id, position;
} Member;

/* member: those that are in a group, by id and then by position. */
typedef struct {
    int64_t  size;   /* positions that have a number */
    int64_t *id;     /* size */
    Member  *member; /* members */
    int64_t  members;
} Groups;

static int by_id(const void *a, const void *b)
{
    const Member *x = a, *y = b;
    if (x->id != y->id) return x->id < y->id ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static void release(Leaf *leaf)
{
    Groups *groups = leaf->state;
    if (groups) free(groups->id), free(groups->member);
    free(groups);
}

static Status prepare(Leaf *leaf, Why *why)
{
    const Value *ids = &leaf->value[0];
    int64_t      size = listed_size(ids) < leaf->n ? listed_size(ids) : leaf->n, id;
    Groups      *groups = leaf->state = calloc(1, sizeof *groups);
    if (!groups) goto failed;
    groups->id = calloc((size_t)size + 1, sizeof *groups->id);
    groups->member = calloc((size_t)size + 1, sizeof *groups->member);
    if (!groups->id || !groups->member) goto failed;
    for (Listed walk = listed_begin(ids); groups->size < size && listed_next(&walk, &id);
         groups->size++) {
        groups->id[groups->size] = id;
        if (id >= 0) groups->member[groups->members++] = (Member){id, groups->size};
    }
    qsort(groups->member, (size_t)groups->members, sizeof *groups->member, by_id);
    return STATUS_OK;
failed:
    return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
}

/* Members that stand before this one. */
static int64_t members_before(const Groups *groups, Member m)
{
    int64_t lo = 0, hi = groups->members;
    while (lo < hi) {
        int64_t middle = (lo + hi) / 2;
        if (by_id(&groups->member[middle], &m) < 0)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

static int64_t id_of(const Groups *groups, int64_t i)
{
    return i < groups->size ? groups->id[i] : -1;
}

static Status row(const Leaf *leaf, int64_t i, Runs *out)
{
    const Groups *groups = leaf->state;
    int64_t       id = id_of(groups, i);
    Status        status = STATUS_OK;
    if (id < 0) return status;
    for (int64_t k = members_before(groups, (Member){id, 0});
         k < groups->members && groups->member[k].id == id; k++) {
        int64_t j = groups->member[k].position;
        if (!status) status = runs_append(out, j, j + 1);
    }
    return status;
}

static int64_t count(const Leaf *leaf, int64_t i, int64_t lo, int64_t hi)
{
    const Groups *groups = leaf->state;
    int64_t       id = id_of(groups, i);
    if (id < 0) return 0;
    return members_before(groups, (Member){id, hi}) - members_before(groups, (Member){id, lo});
}

static int64_t total(const Leaf *leaf)
{
    const Groups *groups = leaf->state;
    int64_t       cells = 0, g;
    for (int64_t k = 0; k < groups->members; k += g) {
        for (g = 1; k + g < groups->members && groups->member[k + g].id == groups->member[k].id;)
            g++;
        cells += leaf->background == BACKGROUND_CAUSAL ? range_triangle(g) : g * g;
    }
    return cells;
}

/* Behind the numbers no row holds a key. */
static int64_t until(const Leaf *leaf, int64_t i)
{
    const Groups *groups = leaf->state;
    return i < groups->size ? i + 1 : leaf->n;
}

const Mechanism mech_same[] = {
    {.name = "same",
     .sentence = "each query sees the keys that were given the same number as it",
     .source = {"Ainslie et al.", "ETC: Encoding Long and Structured Inputs in Transformers",
                "arXiv:2004.08483", 2020},
     .param = param,
     .params = 1,
     .class = CLASS_POSITIONAL,
     .shape = "${ids=0:no key;keys of the same group}",
     .many = true,
     .until = until,
     .prepare = prepare,
     .release = release,
     .row = row,
     .count = count,
     .total = total},
    {.name = NULL},
};
