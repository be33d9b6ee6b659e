/* describe.h - a figure, a row, a verdict in sentences. All add whole lines to out, not wrapped. */
#ifndef APP_PLAIN_DESCRIBE_H
#define APP_PLAIN_DESCRIBE_H

#include "app/base/text.h"
#include "app/tutor/session.h"

/* "0 to 1, 9 to 12"; "none" for the empty set. */
void describe_runs(const Runs *s, Text *out);
void describe_figure(const Lab *lab, Text *out);  /* shape, content, sliders, what is hidden */
void describe_row(const Lab *lab, int64_t i, Text *out); /* "Query 12 reads keys 0 to 1, 9 to 12: 6 of 13." */
void describe_column(const Lab *lab, int64_t j, Text *out);
void describe_cell(const Lab *lab, int64_t i, int64_t j, Text *out);
void describe_summary(const Lab *lab, Text *out);
void describe_top(const Lab *lab, Text *out);     /* strongest keys of the row under the cursor */
void describe_difference(const Lab *lab, Text *out); /* what that row loses, and which keys most */
void describe_coverage(const Lab *lab, Text *out); /* how many keys carry 90 % of the row, and which */
void describe_pins(const Lab *lab, Text *out);
void describe_words(const Lab *lab, Text *out);   /* the words with their positions */
void describe_matrix(const Lab *lab, Text *out);  /* `draw`: a text matrix with axes and legend */
void describe_probe(const Lab *lab, Text *out);   /* what the last experiment changed */
void describe_sliders(const Lab *lab, Text *out);

#endif
