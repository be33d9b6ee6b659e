/* lab_inner.h - what the files of the lab share: nobody else includes it. */
#ifndef APP_TUTOR_LAB_INNER_H
#define APP_TUTOR_LAB_INNER_H

#include "app/tutor/lab.h"

const Content *lab_content(const Lab *lab); /* the content of this moment; NULL: positions only */
/* Binds all anew: n, background or content changed. The lab is not whole if it fails. */
Status lab_rebind(Lab *lab, Why *why) MUST_USE;
void   lab_bind_pins(Lab *lab); /* their numbers anew; those past the end go */
void   lab_forget_before(Lab *lab); /* the rows kept before a probe */

#endif
