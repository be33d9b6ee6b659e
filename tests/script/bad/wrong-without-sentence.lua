-- wrong-without-sentence.lua:7: pages[2].wrong[2]: a sentence is missing
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer {
    "How many?", right = 4,
    wrong = {
      { 3, "no-self", "The own key is in." },
      { 5, "fencepost" },
    },
  }),
}
