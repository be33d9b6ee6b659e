#include "app/tutor/words.h"

#include "app/base/text.h"
#include "app/base/utf8.h"
#include "engine/rng.h"

#include <stdlib.h>
#include <string.h>

/* Plain words by length; ten and more of each from two letters on, so that a new deal is new. */
static const char *const words_by_length[] = {
    "a . , I ! ?",
    "on in by to up we so at an of as it",
    "the old sea fox ten big low red sun day cat law owl ice far you",
    "boat rain salt wind lamp dark road tree moon bird deep long song gold time hill",
    "river sheep table light house stone quiet green field night small water horse cloud sweet early",
    "garden winter silver island summer window letter market yellow candle bridge forest mother gentle",
    "drifted morning evening kitchen brother whisper hundred teacher village journey balcony history",
    "mountain sunlight midnight children daughter distance umbrella handsome quietest neighbor",
    "lighthouse wanderers shoreline" /* nine and more: rare in dealt texts, common in given ones */
};

enum { WORDS_LENGTHS = sizeof words_by_length / sizeof words_by_length[0] };

void words_free(char **word, int64_t n)
{
    if (!word) return;
    for (int64_t k = 0; k < n; k++) free(word[k]);
    free(word);
}

static bool words_closing(char c)
{
    return strchr(".,;:!?)", c) != NULL;
}

static Status words_push(char ***list, int64_t *n, int64_t *cap, const char *from, size_t len)
{
    if (*n == *cap) {
        int64_t room = *cap ? *cap * 2 : 16;
        char  **more = realloc(*list, (size_t)room * sizeof *more);
        if (!more) return STATUS_MEMORY;
        *list = more;
        *cap = room;
    }
    char *word = malloc(len + 1);
    if (!word) return STATUS_MEMORY;
    memcpy(word, from, len);
    word[len] = '\0';
    (*list)[(*n)++] = word;
    return STATUS_OK;
}

/* One stretch between blanks: the word, then each closing sign behind it. */
static Status words_push_stretch(char ***list, int64_t *n, int64_t *cap, const char *from, size_t len)
{
    size_t word = len;
    while (word > 0 && words_closing(from[word - 1])) word--;
    Status status = word > 0 ? words_push(list, n, cap, from, word) : STATUS_OK;
    for (size_t k = word; k < len && status == STATUS_OK; k++)
        status = words_push(list, n, cap, from + k, 1);
    return status;
}

Status words_split(const char *text, char ***out, int64_t *n)
{
    int64_t cap = 0;
    Status  status = STATUS_OK;
    *out = NULL;
    *n = 0;
    for (const char *s = text; *s && status == STATUS_OK;) {
        size_t blank = strspn(s, " \t\r\n");
        size_t len = strcspn(s + blank, " \t\r\n");
        if (len > 0) status = words_push_stretch(out, n, &cap, s + blank, len);
        s += blank + len;
    }
    if (status == STATUS_OK) return STATUS_OK;
    words_free(*out, *n);
    *out = NULL;
    *n = 0;
    return status;
}

/* Words of a row of the table: how many, and the k-th of them. */
static int words_in(const char *row)
{
    int words = 1;
    for (; *row; row++) words += *row == ' ';
    return words;
}

static char *words_nth(const char *row, int64_t k)
{
    while (k-- > 0) row = strchr(row, ' ') + 1;
    size_t len = strcspn(row, " ");
    char  *word = malloc(len + 1);
    if (!word) return NULL;
    memcpy(word, row, len);
    word[len] = '\0';
    return word;
}

static Rng words_rng(uint64_t seed, uint64_t deal, int64_t place)
{
    uint64_t key[3] = {seed, deal, (uint64_t)place};
    return rng_seeded(rng_fnv1a(key, sizeof key));
}

static char *words_dealt(const Content *content, uint64_t deal, int64_t place, int length)
{
    Rng         rng = words_rng(content->seed, deal, place);
    const char *row = words_by_length[length < 1 ? 0 : length > WORDS_LENGTHS ? WORDS_LENGTHS - 1 : length - 1];
    return words_nth(row, rng_int(&rng, 0, words_in(row) - 1));
}

/* Length of the word at a place that no given text covers: short words are common. */
static int words_length(const Content *content, int64_t place)
{
    static const int common[] = {2, 3, 3, 3, 4, 4, 4, 5, 5, 2, 3, 6};
    Rng rng = words_rng(content->seed, UINT64_MAX, place);
    return common[rng_int(&rng, 0, (int64_t)(sizeof common / sizeof common[0]) - 1)];
}

Status words_deal(const Content *content, uint64_t deal, int64_t n, char ***out)
{
    char  **given = NULL;
    int64_t given_n = 0;
    if (content->text) {
        Status status = words_split(content->text, &given, &given_n);
        if (status != STATUS_OK) return status;
    }
    char **word = calloc((size_t)n, sizeof *word);
    bool   whole = word != NULL;
    for (int64_t t = 0; t < n && whole; t++) {
        if (deal == 0 && t < given_n) word[t] = text_copy(given[t]);
        else {
            int length = t < given_n ? utf8_columns(given[t], strlen(given[t])) : words_length(content, t);
            word[t] = words_dealt(content, deal, t, length);
        }
        whole = word[t] != NULL;
    }
    words_free(given, given_n);
    if (!whole) {
        words_free(word, n);
        return STATUS_MEMORY;
    }
    *out = word;
    return STATUS_OK;
}
