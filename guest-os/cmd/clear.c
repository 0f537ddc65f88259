/* clear: empties the screen. */
#define COMMAND "clear"
#include "cmd.h"

int main(void)
{
    fputs("\033[H\033[2J", stdout);
    return finish(0);
}
