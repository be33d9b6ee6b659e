#include "app/cmd/options.h"
#include "app/cmd/out.h"

#include <string.h>

static int run(const CmdCall *call);

const Cmd cmd_completion = {
    .name = "completion",
    .synopsis = "bash",
    .summary = "completion for a shell",
    .help = "Prints what bash needs to complete verbs, options and their values. Put it where "
            "bash-completion looks, "
            "or into ~/.bashrc:\n"
            "\n"
            "  source <(attend completion bash)",
    .example = "completion bash",
    .run = run,
};

static void add_names(const CmdOption *option, int options, Text *out)
{
    for (int k = 0; k < options; k++) text_format(out, "%s ", option[k].name);
}

static void add_common(Text *out)
{
    for (int k = 0; option_common(k); k++) text_format(out, "%s ", option_common(k)->name);
}

/* What may follow an option of a verb (of any, if verb is "*"): words, folders, files, or nothing that
 * is known. */
static void add_values(const char *verb, const CmdOption *o, Text *out)
{
    if (!o->value) return;
    text_format(out, "        %s:%s) ", verb, o->name);
    if (o->words)
        text_format(out, "COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); ", o->words);
    else if (strcmp(o->value, "DIR") == 0)
        text_add(out, "COMPREPLY=($(compgen -d -- \"$word\")); ");
    else if (strcmp(o->value, "FILE") == 0)
        text_add(out, "COMPREPLY=($(compgen -f -- \"$word\")); ");
    text_add(out, "return ;;\n");
}

static void add_verbs(const char *between, Text *out)
{
    for (int v = 0; cmd_at(v); v++) text_format(out, "%s%s", v ? between : "", cmd_at(v)->name);
}

static const char *const head =
    "# bash completion for attend; made by: attend completion bash\n"
    "_attend() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb= w\n"
    "    COMPREPLY=()\n"
    "    for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
    "        case $w in\n"
    "            ";
static const char *const tail = "    esac\n"
                                "    [[ $word != -* ]] && COMPREPLY+=($(compgen -f -- \"$word\"))\n"
                                "}\n"
                                "complete -F _attend attend\n";

static void add_bash(Text *out)
{
    text_add(out, head);
    add_verbs("|", out);
    text_add(out, ") verb=$w; break ;;\n        esac\n    done\n    case $verb:$before in\n");
    for (int v = 0; cmd_at(v); v++)
        for (int k = 0; k < cmd_at(v)->options; k++)
            add_values(cmd_at(v)->name, &cmd_at(v)->option[k], out);
    for (int k = 0; option_common(k); k++) add_values("*", option_common(k), out);
    text_add(out, "    esac\n    local common=\"");
    add_common(out);
    text_add(out, "\"\n    case $verb in\n        '') COMPREPLY=($(compgen -W \"");
    add_verbs(" ", out);
    text_add(out, " $common\" -- \"$word\")) ;;\n");
    for (int v = 0; cmd_at(v); v++) {
        text_format(out, "        %s) COMPREPLY=($(compgen -W \"", cmd_at(v)->name);
        add_names(cmd_at(v)->option, cmd_at(v)->options, out);
        text_add(out, "$common\" -- \"$word\")) ;;\n");
    }
    text_add(out, tail);
}

static int run(const CmdCall *call)
{
    Text out = {0};
    if (call->arguments != 1 || strcmp(call->argument[0], "bash") != 0) {
        cmd_fail(call, "for which shell? attend completion bash");
        return EXIT_USAGE;
    }
    add_bash(&out);
    return out_all(&out, call);
}
