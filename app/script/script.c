#include "app/script/script.h"

#include "app/base/hash.h"
#include "app/script/reader.h"
#include "app/script/sandbox.h"

#include <lauxlib.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char pages_key[] =
    "attend.pages"; /* in the registry: the parts of the pages, in order */

/* ---- loading ----------------------------------------------------------------------------- */

typedef struct {
    const char *file;
    const Text *source;
    Lesson     *lesson;
} Load;

/* light userdata Load -> nothing; the lesson is filled in. */
static int load_body(lua_State *L)
{
    Load  *load = lua_touserdata(L, 1);
    Reader r = {.lua = L, .file = load->file};
    sandbox_compile(L, text_string(load->source), load->source->len, load->file);
    lua_call(L, 0, 1);
    bind_lesson(&r, lua_gettop(L), load->lesson);
    lua_setfield(L, LUA_REGISTRYINDEX, pages_key);
    return 0;
}

/* The file's folder with its slash, where `require` looks. */
static void set_folder(Sandbox *s, const char *file)
{
    const char *slash = strrchr(file, '/');
    size_t      len = slash ? (size_t)(slash - file) + 1 : 0;
    memcpy(s->folder, file, len);
    s->folder[len] = '\0';
}

static void set_identity(Lesson *lesson, const char *file, const Text *source)
{
    char hex[HASH_HEX];
    hash_hex(hash_sha256(text_string(source), source->len), hex);
    snprintf(lesson->sha, sizeof lesson->sha, "%.12s", hex);
    lesson->file = text_copy(file);
}

static Status read_source(const Opener *opener, const char *file, Text *source, Why *why)
{
    Status status = opener->open(opener->context, file, source, why);
    if (status != STATUS_OK) return status;
    if (source->broken)
        return why_say(why, STATUS_MEMORY, 0, "%s: %s", file, status_sentence(STATUS_MEMORY));
    if (source->len > SANDBOX_SOURCE)
        return why_say(why, STATUS_LIMIT, 0, "%s: %zu KiB; a lesson has at most %d KiB", file,
                       source->len >> 10, SANDBOX_SOURCE >> 10);
    return STATUS_OK;
}

static Status load_source(const Opener *opener, const char *file, const Text *source,
                          Lesson *lesson, Why *why)
{
    Sandbox *s = sandbox_new();
    if (!s) return why_say(why, STATUS_MEMORY, 0, "%s: %s", file, status_sentence(STATUS_MEMORY));
    Load load = {file, source, lesson};
    set_folder(s, file);
    set_identity(lesson, file, source);
    lesson->script = s;
    s->opener = opener;
    Status status = sandbox_call(s, load_body, &load, SANDBOX_LOAD, why);
    s->opener = NULL;
    sandbox_collect(s);
    if (status == STATUS_OK && !lesson->file) status = STATUS_MEMORY;
    return status;
}

Status script_load(const Opener *opener, const char *file, Lesson **out, Why *why)
{
    Text source = {0};
    Why  unheard;
    *out = NULL;
    if (!why) why = &unheard;
    *why = (Why){0};
    if (strlen(file) >= sizeof((Sandbox *)0)->folder)
        return why_say(why, STATUS_LIMIT, 0, "%.60s...: the path is too long", file);
    Lesson *lesson = calloc(1, sizeof *lesson);
    if (!lesson) return why_say(why, STATUS_MEMORY, 0, "%s", status_sentence(STATUS_MEMORY));
    Status status = read_source(opener, file, &source, why);
    if (status == STATUS_OK) status = load_source(opener, file, &source, lesson, why);
    text_done(&source);
    if (status == STATUS_OK)
        *out = lesson;
    else
        script_free(lesson);
    return status;
}

void script_free(Lesson *lesson)
{
    if (!lesson) return;
    sandbox_free(lesson->script);
    lesson->script = NULL;
    lesson_done_pages(lesson);
    free(lesson);
}

/* ---- dealing ----------------------------------------------------------------------------- */

typedef struct {
    const Lesson *lesson;
    int           page;
    uint64_t      seed, order_seed;
    Question     *question;
} Deal;

/* light userdata Deal -> nothing; the question is filled in. */
static int deal_body(lua_State *L)
{
    Deal       *deal = lua_touserdata(L, 1);
    const Page *page = &deal->lesson->page[deal->page];
    Reader      r = {.lua = L, .file = deal->lesson->file, .line = page->line};
    reader_into_index(&r, "pages", deal->page + 1);
    lua_getfield(L, LUA_REGISTRYINDEX, pages_key);
    lua_rawgeti(L, -1, deal->page + 1);
    lua_getiuservalue(L, -1, 1);
    if (page->deals) {
        value_push_rng(L, deal->seed);
        lua_newtable(L); /* what the learner typed before: no figure takes a text yet */
        lua_call(L, 2, 1);
    }
    bind_question(&r, -1, deal->lesson, deal->order_seed, &deal->question);
    return 0;
}

Status script_deal_seed(const Lesson *lesson, int page, uint64_t seed, uint64_t order_seed,
                        Question **out, Why *why)
{
    assert(page >= 0 && page < lesson->pages && lesson->page[page].asks);
    Sandbox *s = lesson->script;
    Deal     deal = {lesson, page, seed, order_seed, NULL};
    Why      unheard;
    *out = NULL;
    if (!why) why = &unheard;
    *why = (Why){0};
    Status status = sandbox_call(s, deal_body, &deal, SANDBOX_DEAL, why);
    sandbox_collect(s);
    if (status == STATUS_OK)
        *out = deal.question;
    else
        question_free(deal.question);
    return status;
}

Status script_deal(const Lesson *lesson, int page, int variant, Question **out, Why *why)
{
    const char *id = lesson->page[page].id;
    Hash        root = hash_study_root(lesson->id);
    return script_deal_seed(lesson, page, hash_variant_seed(root, lesson->id, id, variant, false),
                            hash_variant_seed(root, lesson->id, id, variant, true), out, why);
}
