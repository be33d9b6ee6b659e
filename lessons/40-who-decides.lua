-- Position or content? Sparse models differ above all in how G is defined; this lesson gives the
-- criterion, the probe that tests it, and practice on rules that the learner has never seen.
--
-- Exercises of positional-based, content-based and novel-mechanism stand here until those lessons
-- exist. The class of every rule is computed from the rule.

local at = require "attend"
local P = at.pattern
local slips = require "lib.slips"
local draw = require "lib.draw"

local n = draw.n

local hidden_rules = {
  P.window { w = 4 },
  P.topk { k = 2 },
  P.block { b = 4 },
  P.stride { s = 4 },
  P.window { w = 2 } | P.topk { k = 2 },
}

local function hidden_figure(rng, rule)
  return at.figure {
    n = n, row = 12, recipe = rule, content = at.words { seed = rng:int(1, 999) },
    tools = { "shuffle", "longer" }, hide = { "rule" },
  }
end

-- What a probe of one hidden rule shows, said for the verdict that doesn't fit it.
local why_of_probe = {
  positional = {
    content = slips.why("content-by-look", "You dealt other words and not one cell of G changed, so the words can't be the cause."),
    hybrid = "A hybrid has a part that moves when the words change. Nothing moved here: deal once more and look at the count.",
  },
  content = {
    positional = slips.why("position-by-size", "You dealt other words and some of G moved. Position alone can't do that."),
    hybrid = "A hybrid has a part that stays in every deal. Deal a few times and watch a late row: no place stays taken.",
  },
  hybrid = {
    positional = slips.why("hybrid-missed", "Some cells moved when only the words did, so position didn't decide alone."),
    content = slips.why("hybrid-missed", "Look along the diagonal: the own key and the one before it are there in every deal."),
  },
}

local says_class = {
  positional = "positional: nothing changes when only the words do",
  content = "content: other words, other sets, and no part is sure to stay",
  hybrid = "hybrid: a part stays in every deal, a part moves",
}

-- Mechanisms in words, each beside the rule it describes. Names are left out on purpose: "learned",
-- "hashed", "dynamic" and the like are in the stories because they decide nothing.
local vignettes = {
  { "Every query reads the positions 15, 31, 47, …: the last of every 16, up to its own place.",
    P.columns { period = 16, count = 1 }, "place numbers are all it uses" },
  { "A search over thousands of patterns found that each query should read the keys 16, 32, 48, … places back, and itself. The result was frozen.",
    P.stride { s = 16 }, "found by data, but frozen: the words of today take no part" },
  { "The text is cut every 64 tokens. A query reads its own piece, up to itself.",
    P.block { b = 64 }, "the cuts stand at fixed places" },
  { "During training each head learned how far back it must look. This head learned 93 tokens, and the number is fixed since.",
    P.window { w = 93 }, "learned, then frozen" },
  { "The cache throws away old keys as new ones come. The first 4 tokens are pinned, and the newest 2000 stay.",
    P.streaming { s = 4, w = 2000 }, "age decides what is dropped, not what was said" },
  { "A hash puts every position number into one of 8 buckets (the number modulo 8). A query reads its own bucket.",
    P.stride { s = 8 }, "the hash is taken of the place, not of the word" },
  { "Tokens are laid out as an image, 32 to a line. A query reads its line and its column, as far as they have come.",
    P.axial { width = 32 }, "line and column follow from the place" },
  { "Keys 4, 8, … 60 places back are read, and the own one: a window with gaps.",
    P.dilated { w = 16, d = 4 }, "distances are fixed" },

  { "For each query all scores are made, and the 64 largest are kept. So every late row holds exactly 64 keys.",
    P.topk { k = 64 }, "how many is fixed; which ones, the scores say" },
  { "Every query reads all full stops of the text so far, and nothing else. No score is needed for that.",
    P.token { is = "." }, "which token stands at a place is content, with or without a score" },
  { "The 16 best-scoring keys are found; of these, only those among the last 128 tokens are read.",
    P.topk { k = 16 } & P.window { w = 128 }, "the scores choose, the window only cuts; no key is sure to be in" },

  { "Every query reads the last 128 tokens, and the 64 best-scoring ones of all.",
    P.window { w = 128 } | P.topk { k = 64 }, "the last 128 are always in, the 64 are chosen" },
  { "A query reads its own block of 64, up to itself, and the 32 best-scoring keys of the whole past.",
    P.block { b = 64 } | P.topk { k = 32 }, "the own block is always in, the 32 are chosen" },
  { "The very first token is always read. Besides it, a query reads every full stop.",
    P.sink { s = 1 } | P.token { is = "." }, "the first token is always in; the stops depend on the text" },
}

local function of_class(class)
  local some = {}
  for _, vignette in ipairs(vignettes) do
    if vignette[2]:class() == class then some[#some + 1] = vignette end
  end
  return some
end

return at.lesson {
  api = 1, id = "who-decides", version = "1.0.0", title = "Position or content?", minutes = 30,
  needs = { "dense-vs-sparse", "sinks-overlap" },
  goals = {
    "state what the class of a sparse model depends on",
    "run the probe, and know what one probe proves",
    "classify a rule from its description",
    "name the part of a set that no word can change",
  },
  nodes = {
    "Classification of Sparse Attention Models by Definition of (G)",
    "Positional-based Sparse Attention",
    "Content-based Sparse Attention",
    "Classifying a Novel Sparse Attention Mechanism",
  },

  at.page("two-answers", {
    [[
## Who picks the keys?
Two rules that skip most cells: a window of 4 keys, and **top-k**, the 4 keys with the best scores. {press:less} and {press:more} switch between them.

Deal other words with {press:shuffle}. A mark shows where G has changed.]],
    at.figure {
      n = n, row = 12, content = at.words { seed = 7 }, tools = { "shuffle", "longer" },
      recipe = at.options { { "window", P.window { w = 4 } }, { "top-k", P.topk { k = 4 } } },
    },
    at.reveal(),
    [[
The window never moves: **position** decides. Top-k does: **content** decides. Both read four keys. *How many* tells you nothing; *which* does.]],
    at.notes "Let somebody predict the number of changed cells before each key press: 0 for the window, always.",
  }),

  at.page("one-question", {
    [[
## One question
Hold everything but the words. Can another text, just as long, change any set?

- never: **positional**
- it can: **content**
- part always in, part chosen: **hybrid**

Asked for yes or no, a hybrid counts as content.]],
    at.figure {
      n = n, row = 12, content = at.words { seed = 7 }, tools = { "shuffle", "longer" },
      recipe = P.window { w = 2 } | P.topk { k = 2 },
    },
    at.reveal(),
    [[
This one is a hybrid. Deal with {press:shuffle}: the own key and the one before it stay, the others come and go.]],
  }),

  at.page("not-content", {
    [[
## What isn't content
A positional rule may use much: places, the length, fixed numbers, a seed drawn once, settings that were learned and then frozen. None of it sees the words.]],
    at.figure {
      n = n, row = 12, content = at.words { seed = 21 }, tools = { "shuffle", "longer" },
      recipe = P.stride { s = at.slider(2, 8, 4, "stride s") },
    },
    at.reveal(),
    [[
Causal limit, padding and length are **background**: they lie under every rule and say nothing of its class. Lengthen with {press:longer}: rows are added, but the old ones stay.]],
  }),

  at.ask("criterion", at.choice {
    "On what does it depend whether a sparse attention model is positional or content-based?",
    tries = { 2, 1 },
    options = {
      { "computed", "On what G is computed from: places, or the words.",
        "It is about the inputs of the rule that builds G. If the words are not among them, no text can change a set.", right = true },
      { "size", "On how many keys a row holds.",
        "A window of 4 and the best 4 keys hold equally many, yet one follows the words and the other doesn't.", slip = "position-by-size" },
      { "look", "On how regular the picture looks.",
        "Random blocks drawn once and frozen look wild, and no word ever moves them.", slip = "content-by-look" },
      { "learned", "On whether the rule was learned from data.",
        "What was learned and then frozen is frozen: at work it doesn't see the words of today." },
      { "causal", "On whether the model is causal.",
        "The causal limit is background. It lies under positional and content rules alike." },
    },
    hints = { "Which inputs does the rule read?" },
    explain = "Take the rule that builds G and underline its inputs. Only if the words are among them can other words give another set.",
    read_again = { ["position-by-size"] = "two-answers", ["content-by-look"] = "not-content" },
  }),

  at.ask("probe", function(rng)
    local rule = rng:pick(hidden_rules)
    local class = rule:class()
    return at.classify {
      ("n = %d, causal. What decides this pattern? Deal the words anew with {press:shuffle}, lengthen the text with {press:longer}."):format(n),
      figure = hidden_figure(rng, rule),
      require = { "shuffle" },
      right = class,
      why = why_of_probe[class],
      tries = { 2, 1 },
      hints = { "Deal other words; what moved, what stayed?", "A few deals tell more than one. Watch one late row." },
      explain = ("The rule was %s. It is %s."):format(rule:describe(), says_class[class]),
      read_again = { ["content-by-look"] = "one-question", ["position-by-size"] = "one-question", ["hybrid-missed"] = "one-question" },
    }
  end),

  at.page("proof", {
    [[
## What a probe proves
Deal the words of this text a few times with {press:shuffle}. Does anything change?]],
    at.figure {
      n = n, row = 12, content = at.words { text = draw.text_without_stop, seed = 3 }, tools = { "shuffle" },
      recipe = P.window { w = 3 } | P.token { is = "." }, hide = { "rule" },
    },
    at.reveal(),
    [[
Nothing. And yet this rule reads the words: "the last 3 keys, and every full stop". None of these texts had one.]],
    at.reveal(),
    [[
**One change proves that content takes part. No change proves nothing yet**: deal again, or read the rule. Only the rule itself can prove that it is positional.]],
  }),

  at.ask("one-change", function(rng)
    local size = rng:int(10, 24)
    local changed = rng:int(1, 6)
    local cells = P.full {}:at(size):total()
    return at.choice {
      ("You deal other words of the same number, once. G changes in %d of %d cells. What is proven?"):format(changed, cells),
      tries = { 2, 1 },
      options = {
        { "content", "Content takes part in the choice of G.",
          "Only the words had changed, so nothing else can have moved those cells.", right = true },
        { "nothing", "Nothing yet: it was only one deal.",
          "One deal is enough here. Only the words had changed, and a positional rule would not have moved a single cell." },
        { "mostly", ("Position decides, since %d cells stayed."):format(cells - changed),
          "Most cells stay by chance: most are outside G before and after. One that moves is enough." },
        { "class", "It is content and not hybrid.",
          "One change shows that a part moves. Whether another part always stays, more deals must tell." },
      },
      hints = { "What was different between the two texts, and what was not?" },
      explain = ("A positional rule gives 0 of %d in every deal. %d is not 0, so the words took part; a hybrid is still possible."):format(cells, changed),
    }
  end),

  at.ask("no-change", function(rng)
    local size = rng:int(10, 24)
    local cells = P.full {}:at(size):total()
    return at.choice {
      ("You deal other words of the same number, once. G changes in 0 of %d cells. Is it proven that the rule is positional?"):format(cells),
      tries = { 2, 1 },
      options = {
        { "no", "No: a rule that reads the words may give the same sets twice.",
          "It may look for a word that neither text has. Deal again, with other kinds of text, or read the rule.", right = true },
        { "yes", "Yes: the words changed and G did not.",
          "That is what a positional rule does, but not only such a rule. Remember the one that looked for full stops." },
        { "cells", ("Yes: with %d cells a chance hit is impossible."):format(cells),
          "It is no matter of chance: a rule that asks for a rare word finds none in both texts, and its sets agree everywhere." },
        { "length", "Not before the text was lengthened, too.",
          "Length belongs to the background. A longer text adds rows, and that says nothing about the class." },
      },
      hints = { "Can you think of a rule that reads words and still does nothing in most texts?" },
      explain = "One change proves content. No change only makes position more likely, deal by deal; the proof is in the rule.",
    }
  end),

  at.ask("six-masks", function(rng)
    local rules = rng:shuffle(hidden_rules)
    rules[6] = rng:pick { P.window { w = 3 }, P.topk { k = 3 }, P.block { b = 5 }, P.stride { s = 3 }, P.window { w = 3 } | P.topk { k = 1 } }
    local items, told = {}, {}
    for k, rule in ipairs(rules) do
      items[k] = { hidden_figure(rng, rule), right = rule:class() }
      told[k] = ("(%d) %s"):format(k, rule:describe())
    end
    return at.classify {
      ("Six rules over n = %d, causal. What decides each? Deal the words with {press:shuffle} in every one."):format(n),
      items = items,
      require = { "shuffle" },
      why = {
        positional = { "position-by-size", "Deal this mask again: cells get a mark although only the words have changed. Position alone can't do that." },
        content = { "content-by-look", "Deal this mask again. If nothing ever changes, position decides, however it looks. If a part never changes, it is a hybrid." },
        hybrid = { "hybrid-missed", "A hybrid needs both: cells that stay in every deal, and cells that move. Deal again and look for the one that is missing here." },
      },
      tries = { 3, 2, 1 },
      hints = { "Deal other words; what moved, what stayed?", "Where something moved: is the diagonal filled in every deal?" },
      explain = ("The rules were %s."):format(table.concat(told, ", ")),
      read_again = { ["content-by-look"] = "one-question", ["position-by-size"] = "two-answers", ["hybrid-missed"] = "one-question" },
    }
  end),

  at.page("where", {
    [[
## By position: where you stand
A positional rule knows its sets before the text arrives. They can be planned, cached, audited. Most published patterns are unions of a few such parts: windows, strides, blocks, columns.]],
    at.figure {
      n = n, row = 12, content = at.words { seed = 33 }, tools = { "shuffle" },
      recipe = at.options {
        { "strided", P.strided { l = 4 } },
        { "fixed", P.fixed { l = 4, c = 1 } },
        { "streaming", P.streaming { s = 2, w = 4 } },
        { "before only", P.window { w = 5 } - P.self {} },
      },
      gauges = { "class" },
    },
    at.reveal(),
    [[
The price: it can't follow a fact that lies elsewhere. The word that is needed may stand one place outside.]],
    at.notes "Deal words under each of the four. Nobody needs to look at the matrix: the count of changes stays 0.",
  }),

  at.ask("eight-before", function(rng)
    local before = rng:int(1, 3) == 1 and 8 or rng:int(3, 12)
    local rule = P.window { w = before + 1 } - P.self {}
    return at.classify {
      ("In a sparse attention mechanism each token attends to exactly the %d tokens just before it, whatever the words are. How is it classified?"):format(before),
      figure = at.figure { n = n, row = n - 1, recipe = rule, content = at.words { seed = rng:int(1, 999) }, tools = { "shuffle", "longer" } },
      verdicts = { "positional", "content", "hybrid", "dense" },
      right = rule:class(),
      why = {
        content = slips.why("content-by-look", "Changing words never moves it: \"whatever the words are\" says so."),
        hybrid = "No part of it is chosen by content. A hybrid would have a part that follows the words.",
        dense = { "dense", "Dense means every key that the background allows. This rule leaves out all that lie further back." },
      },
      tries = { 2, 1 },
      hints = { "Which inputs does the rule read?", "Deal other words with {press:shuffle}: does a cell change?" },
      explain = ("The rule needs two numbers, i and j: 1 <= i - j <= %d. No word takes part, so it is %s. In the first rows there are fewer than %d tokens to attend to; that is the edge of the text, not its content.")
        :format(before, rule:class(), before),
      read_again = { ["content-by-look"] = "where" },
    }
  end),

  at.ask("eight-count", function(rng)
    local before = rng:int(4, 12)
    local i = rng:int(100, 900)
    local g = (P.window { w = before + 1 } - P.self {}):at(1024)
    local right = { g:count(i), g:count(0) }
    return at.integer {
      ("n = 1024, causal, positions from 0. Each token attends to the %d tokens **strictly before** it. To how many does token %d attend, and to how many does token 0?"):format(before, i),
      labels = { ("token %d"):format(i), "token 0" },
      right = right,
      wrong = slips.rows(right, {
        { { right[1] + 1, 1 }, "extra-self", "\"Strictly before\" leaves the own key out, in both rows." },
        { { right[1] + 1, 0 }, "extra-self", ("You left the own key out in row 0, but counted it in row %d."):format(i) },
        { { right[1], 1 }, "self-kept" },
        { { right[1], right[1] }, "short-rows", "Before token 0 there is nothing." },
        { { right[1] - 1, 0 }, "fencepost", ("The keys are %d to %d: b - a + 1 of them."):format(i - before, i - 1) },
        { { i, 0 }, "dense", "That is all that stands before it; the rule asks for the nearest few." },
      }),
      tries = { 3, 2, 1 },
      hints = { ("The nearest is %d, and there are %d of them."):format(i - 1, before), "What stands before token 0?" },
      explain = ("Token %d reads %s, %d keys. Nothing stands before token 0: its row is empty. That is allowed, and its output is 0."):format(
        i, draw.runs(g:row(i)), right[1]),
      read_again = { ["extra-self"] = "where" },
    }
  end),

  at.page("what", {
    [[
## By content: what you say
**Top-k** keeps the k best-scoring keys: k says how many, the words say which. No other k keys keep more weight. Here *on* finds *boat* and *man*.]],
    at.figure {
      n = n, row = 12, view = "weights", compare = "dense", content = draw.words(), tools = { "shuffle" },
      recipe = P.topk { k = at.slider(1, 8, 2, "best k") }, gauges = { "kept" },
    },
    at.reveal(),
    [[
The price: to know the best keys you must score all, or keep an index. And a later query may want any key, so **none may be thrown away**. It reads less and stores everything.]],
  }),

  at.ask("topk", function(rng)
    local size = rng:int(6, 8)
    local k = rng:int(2, 3)
    -- Different scores, at least .1 apart.
    local scores = rng:sample({ -0.4, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.1, 1.3, 1.5, 1.7, 1.9 }, size)
    local g = P.topk { k = k }:at { n = size, content = at.scores(scores) }
    local right = g:row(size - 1)
    local named = {}
    for j, score in ipairs(scores) do named[j] = ("%d:\u{A0}%.1f"):format(j - 1, score) end
    return at.indices {
      ("Query %d has these scores with keys 0 to %d:\n\n%s\n\nWhich keys does topk(k=%d) read?"):format(size - 1, size - 1, table.concat(named, ", "), k),
      figure = at.figure { pattern = g, row = size - 1, hide = { "row", "counts" } },
      right = right,
      tries = { 3, 2, 1 },
      hints = { "Find the largest score, then the next.", "The answer is a set of key numbers, not of scores." },
      explain = ("The %d largest scores belong to keys %s. Where the keys stand plays no part; the own key %s this time.")
        :format(k, draw.runs(right), right:has(size - 1) and "happens to be in" or "is not even in"),
    }
  end),

  at.ask("early", function(rng)
    local k = rng:pick { 16, 32, 64, 128 }
    local i = rng:int(3, 14)
    -- The size does not ask for the scores: any will do.
    local g = P.topk { k = k }:at { n = n, content = draw.words() }
    local right = g:count(i)
    return at.integer {
      ("n = %d, causal, positions from 0. The rule is topk(k=%d). How many keys does query %d read?"):format(n, k, i),
      right = right,
      wrong = slips.rows(right, {
        { k, "k-anyway", ("Query %d has only keys 0 to %d to choose from, fewer than %d."):format(i, i, k) },
        { right - 1, "no-self", "Top-k may choose the query's own key, and here it takes whatever there is." },
        { right + 1, "fencepost", ("Keys 0 to %d are %d keys."):format(i, i + 1) },
        { n, "two-sided" },
      }),
      tries = { 3, 2, 1 },
      hints = { "How many keys may this query see at all?" },
      explain = ("It may see %d keys, and k = %d is more than that: it takes them all. How many is known beforehand, min(k, i + 1); which ones is not.")
        :format(i + 1, k),
      read_again = { ["k-anyway"] = "what" },
    }
  end),

  at.ask("all-dynamic", at.choice {
    "True or false: all sparse attention models determine the set G dynamically, by looking for keys whose content is similar to the query.",
    tries = { 2, 1 },
    options = {
      { "true", "True: that is what makes them sparse.",
        "What makes them sparse is that cells are left out. A window leaves out most, and never looks at a word: one counterexample is enough. Deal words under a window and see." },
      { "most", "True, except that the own key is always in.",
        "The own key isn't the point, and top-k may even leave it out. Ask instead: does every sparse model look at the words?" },
      { "false", "False: some take G from positions alone.",
        "Windows, strides, blocks and the like know their sets before the text arrives. Only content-based and hybrid models look.", right = true },
      { "never", "False: none of them looks at the content.",
        "Top-k does: it reads the scores to find its keys. \"Not all\" isn't \"none\"." },
    },
    hints = { "One counterexample would be enough.", "Deal the words anew under a window. What happens to G?" },
    explain = "False. \"All\" falls with one counterexample: a sliding window is sparse, and no word moves it. Choosing by similar content is one of two ways.",
  }),

  at.page("novel", {
    [[
## A rule you have never seen
1. Find the sentence that builds G. Forget the name.
2. Underline its inputs: places, fixed numbers, a seed? Or words, vectors, scores?
3. With words, content takes part. If some keys are in whatever the words are, it is a hybrid.]],
    at.figure {
      n = n, row = 13, content = at.words { seed = 5 }, tools = { "shuffle", "longer" },
      recipe = P.block { b = 4 } | P.topk { k = 2 },
    },
    at.reveal(),
    [[
"Learned", "random", "hashed", "dynamic" decide nothing. A hash of the *place* is positional, a hash of the *word* is content.

Here: own block, and the 2 best keys. Deal: what stays of {row:13}?]],
  }),

  at.ask("guaranteed", function(rng)
    local b = rng:int(3, 6)
    local i = draw.until_good(function() return rng:int(b, n - 1) end, function(x) return x % b > 0 end)
    local rule = P.block { b = b } | P.topk { k = 2 }
    local sure = P.block { b = b }:at(n):row(i)
    return at.indices {
      ("n = %d, causal, positions from 0. A query reads its own block of %d, up to itself, and the 2 best-scoring keys of all. Which keys does query %d read **in every deal**?"):format(n, b, i),
      figure = at.figure { n = n, row = i, recipe = rule, content = at.words { seed = rng:int(1, 999) }, tools = { "shuffle" }, hide = { "counts" } },
      right = sure,
      tries = { 3, 2, 1 },
      hints = { ("Which part of the rule doesn't ask for scores?"), ("Query %d's block begins at key %d."):format(i, i // b * b) },
      explain = ("The block: it begins at %d, and ends at the query: %s. The 2 best may fall anywhere, inside the block too, so none of the others is sure. The rule is %s.")
        :format(i // b * b, draw.braces(sure), rule:class()),
    }
  end),

  at.ask("vignettes", function(rng)
    -- Two positional ones and one of each other class at least, in any order.
    local positional = rng:sample(of_class "positional", 3)
    local others = rng:pick { "content", "hybrid", "positional" }
    local drawn = {
      positional[1], positional[2],
      others == "positional" and positional[3] or nil,
    }
    for _, class in ipairs { "content", "hybrid" } do
      for _, vignette in ipairs(rng:sample(of_class(class), others == class and 2 or 1)) do drawn[#drawn + 1] = vignette end
    end
    local items, told = {}, {}
    for k, vignette in ipairs(rng:shuffle(drawn)) do
      local story, rule, because = vignette[1], vignette[2], vignette[3]
      items[k] = { story, right = rule:class() }
      told[k] = ("(%d) %s"):format(k, because)
    end
    return at.classify {
      "All causal. What decides which keys are read?",
      items = items,
      why = {
        positional = { "position-by-size", "Look for the words in this rule: scores, or which token stands somewhere. They take part, even where the size of the set is fixed." },
        content = { "content-by-look", "Underline the inputs of this rule. Either no word is among them, or a part of the set is in whatever the words are." },
        hybrid = { "hybrid-missed", "A hybrid needs both: a part that is always in, and a part that the words choose. One of them is missing here." },
      },
      tries = { 5, 3, 1 },
      hints = { "Which inputs does the rule read? Ignore how it was found, and what it is called.",
                "If words take part: write down the keys that are in whatever the words are. Are there any?" },
      explain = ("Because: %s."):format(table.concat(told, "; ")),
      read_again = { ["content-by-look"] = "novel", ["position-by-size"] = "novel", ["hybrid-missed"] = "novel" },
    }
  end),

  at.page("end", {
    [[
## What you can say now
- The class is about what G is computed *from*: not size, look or name.
- One change under other words proves content. No change proves nothing yet.
- Positional: known beforehand. Content: follows the words, keeps every key.
- Hybrid: write down the part that stays.]],
    at.figure {
      n = n, row = 12, content = draw.words(), tools = { "shuffle", "longer" },
      recipe = at.options {
        { "window", P.window { w = 4 } },
        { "top-k", P.topk { k = 4 } },
        { "both", P.window { w = 2 } | P.topk { k = 2 } },
        { "full stops", P.token { is = "." } },
      },
      gauges = { "class" },
    },
  }),
}
