/* main.c - the program: what holds for every verb, then the command line. */
#include "app/base/hash.h"
#include "app/cmd/cmd.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");  /* numbers are written alike everywhere */
    signal(SIGPIPE, SIG_IGN); /* a reader that left is seen at the write */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
    if (!hash_start()) {
        fputs("attend: libsodium did not start\n", stderr);
        return EXIT_INTERNAL;
    }
    return cmd_main(argc, argv);
}
