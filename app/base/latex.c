#include "app/base/latex.h"

#include <string.h>

enum { DEPTH_MOST = 16 };

typedef enum {
    SIGN,     /* stands as it is */
    OPERATOR, /* a blank behind the name alone belongs to the name */
    RELATION  /* takes one blank on either side */
} Kind;

static const struct {
    const char *name, *text;
    Kind        kind;
} symbols[] = {
    {"alpha", "α", SIGN},
    {"beta", "β", SIGN},
    {"gamma", "γ", SIGN},
    {"delta", "δ", SIGN},
    {"epsilon", "ε", SIGN},
    {"varepsilon", "ε", SIGN},
    {"zeta", "ζ", SIGN},
    {"eta", "η", SIGN},
    {"theta", "θ", SIGN},
    {"iota", "ι", SIGN},
    {"kappa", "κ", SIGN},
    {"lambda", "λ", SIGN},
    {"mu", "μ", SIGN},
    {"nu", "ν", SIGN},
    {"xi", "ξ", SIGN},
    {"pi", "π", SIGN},
    {"rho", "ρ", SIGN},
    {"sigma", "σ", SIGN},
    {"tau", "τ", SIGN},
    {"phi", "φ", SIGN},
    {"varphi", "φ", SIGN},
    {"chi", "χ", SIGN},
    {"psi", "ψ", SIGN},
    {"omega", "ω", SIGN},
    {"Gamma", "Γ", SIGN},
    {"Delta", "Δ", SIGN},
    {"Theta", "Θ", SIGN},
    {"Lambda", "Λ", SIGN},
    {"Pi", "Π", SIGN},
    {"Sigma", "Σ", SIGN},
    {"Phi", "Φ", SIGN},
    {"Psi", "Ψ", SIGN},
    {"Omega", "Ω", SIGN},
    {"le", "≤", RELATION},
    {"leq", "≤", RELATION},
    {"ge", "≥", RELATION},
    {"geq", "≥", RELATION},
    {"lt", "<", RELATION},
    {"gt", ">", RELATION},
    {"ne", "≠", RELATION},
    {"neq", "≠", RELATION},
    {"approx", "≈", RELATION},
    {"sim", "~", RELATION},
    {"propto", "∝", RELATION},
    {"in", "∈", RELATION},
    {"notin", "∉", RELATION},
    {"subset", "⊂", RELATION},
    {"subseteq", "⊆", RELATION},
    {"cup", "∪", RELATION},
    {"cap", "∩", RELATION},
    {"setminus", "∖", RELATION},
    {"to", "→", RELATION},
    {"rightarrow", "→", RELATION},
    {"leftarrow", "←", RELATION},
    {"mid", "|", RELATION},
    {"land", "∧", RELATION},
    {"lor", "∨", RELATION},
    {"bmod", "mod", RELATION},
    {"mod", "mod", RELATION},
    {"cdot", "·", OPERATOR},
    {"times", "×", OPERATOR},
    {"div", "÷", OPERATOR},
    {"pm", "±", OPERATOR},
    {"infty", "∞", SIGN},
    {"emptyset", "∅", SIGN},
    {"varnothing", "∅", SIGN},
    {"sum", "∑", SIGN},
    {"prod", "∏", SIGN},
    {"ldots", "…", SIGN},
    {"dots", "…", SIGN},
    {"cdots", "…", SIGN},
    {"lfloor", "⌊", OPERATOR},
    {"rfloor", "⌋", SIGN},
    {"lceil", "⌈", OPERATOR},
    {"rceil", "⌉", SIGN},
    {"langle", "<", OPERATOR},
    {"rangle", ">", SIGN},
    {"top", "T", SIGN},
    {"forall", "∀", OPERATOR},
    {"exists", "∃", OPERATOR},
    {"quad", " ", OPERATOR},
    {"qquad", "  ", OPERATOR},
    {"left", "", OPERATOR},
    {"right", "", OPERATOR},
    {"text", "", OPERATOR},
    {"mathrm", "", OPERATOR},
    {"mathbf", "", OPERATOR},
    {"mathit", "", OPERATOR},
    {"mathcal", "", OPERATOR},
    {"mathbb", "", OPERATOR},
    {"operatorname", "", OPERATOR},
};

typedef struct {
    const char *s;
    size_t      at, end;
    int         depth;
    Text       *out;
} Reader;

static void read_all(Reader *r);

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add_blank(Text *out)
{
    if (out->len > 0 && out->at[out->len - 1] != ' ') text_add_char(out, ' ');
}

static void skip_blanks(Reader *r)
{
    while (r->at < r->end && (r->s[r->at] == ' ' || r->s[r->at] == '\n')) r->at++;
}

/* Where the argument at r->at ends: behind its }, behind one command, or behind one character. */
static Reader argument(Reader *r)
{
    Reader inner = *r;
    inner.depth++;
    skip_blanks(r);
    inner.at = inner.end = r->at;
    if (r->at >= r->end) return inner;
    if (r->s[r->at] != '{') {
        inner.end++;
        if (r->s[r->at] == '\\') {
            while (inner.end < r->end && is_letter(r->s[inner.end])) inner.end++;
        } else {
            while (inner.end < r->end && ((unsigned char)r->s[inner.end] & 0xc0) == 0x80)
                inner.end++;
        }
        r->at = inner.end;
        return inner;
    }
    int open = 0;
    for (inner.end = r->at; inner.end < r->end; inner.end++) {
        if (r->s[inner.end] == '{')
            open++;
        else if (r->s[inner.end] == '}' && --open == 0)
            break;
    }
    inner.at++;
    r->at = inner.end < r->end ? inner.end + 1 : r->end;
    return inner;
}

/* Whether a sign stands outside brackets, or anywhere. */
static bool has_signs(const char *text, bool anywhere)
{
    int open = 0;
    for (; *text; text++) {
        open += (*text == '(') - (*text == ')');
        if ((open == 0 || anywhere) && strchr("+-*/ |,<>=", *text)) return true;
    }
    return false;
}

/* The argument as text, in brackets if it would fall apart without them. */
static void add_tight(Reader *r, bool denominator)
{
    Text   part = {0};
    Reader inner = argument(r);
    inner.out = &part;
    read_all(&inner);
    bool joined = has_signs(text_string(&part), denominator);
    if (joined) text_add_char(r->out, '(');
    text_add(r->out, text_string(&part));
    if (joined) text_add_char(r->out, ')');
    text_done(&part);
}

static void add_symbol(Reader *r, const char *text, Kind kind)
{
    bool blank_before = r->out->len > 0 && r->out->at[r->out->len - 1] == ' ';
    if (kind == RELATION) add_blank(r->out);
    text_add(r->out, text);
    if (kind == SIGN) return;
    if (kind == RELATION || !blank_before || !*text) skip_blanks(r);
    if (kind == RELATION) text_add_char(r->out, ' ');
}

static void read_named(Reader *r, const char *name, size_t len)
{
    if (len == 4 && memcmp(name, "frac", 4) == 0) {
        add_tight(r, false);
        text_add_char(r->out, '/');
        add_tight(r, true);
        return;
    }
    if (len == 4 && memcmp(name, "sqrt", 4) == 0) {
        text_add(r->out, "√");
        add_tight(r, false);
        return;
    }
    for (size_t k = 0; k < sizeof symbols / sizeof *symbols; k++) {
        if (strlen(symbols[k].name) == len && memcmp(symbols[k].name, name, len) == 0) {
            add_symbol(r, symbols[k].text, symbols[k].kind);
            return;
        }
    }
    text_add_bytes(r->out, name, len); /* \log, \max and what else reads well as its name */
}

static void read_command(Reader *r)
{
    const char *name = r->s + ++r->at;
    size_t      len = 0;
    while (r->at + len < r->end && is_letter(name[len])) len++;
    r->at += len;
    if (len > 0) {
        read_named(r, name, len);
        return;
    }
    if (r->at >= r->end) return;
    char c = r->s[r->at++];
    if (strchr(",;: \\", c)) /* spaces and line ends of LaTeX */
        add_blank(r->out);
    else if (c != '!')
        text_add_char(r->out, c); /* \{ \} \% \_ */
}

static void read_all(Reader *r)
{
    if (r->depth > DEPTH_MOST) {
        text_add_bytes(r->out, r->s + r->at, r->end - r->at);
        return;
    }
    while (r->at < r->end) {
        char c = r->s[r->at];
        if (c == '\\') {
            read_command(r);
            continue;
        }
        r->at++;
        if (c == '^' || c == '_') {
            text_add_char(r->out, c);
            add_tight(r, false);
        } else if (c == ' ' || c == '\n' || c == '~') {
            add_blank(r->out);
        } else if (c != '{' && c != '}') {
            text_add_char(r->out, c);
        }
    }
}

void latex_text(Text *out, const char *formula, size_t len)
{
    Text   text = {0};
    Reader r = {.s = formula, .end = len, .out = &text};
    read_all(&r);
    while (text.len > 0 && text.at[text.len - 1] == ' ') text_cut(&text, text.len - 1);
    if (text.broken) out->broken = true;
    text_add(out, text_string(&text));
    text_done(&text);
}
