#include "serve.h"

TRIPLEX_MEMORY(32768, 4096);

int main(void)
{
    file_server_start();
    server_run(&file_server);
}
