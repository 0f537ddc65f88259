#include "format.h"
#include "server.h"

char server_ring[LOG_BYTES];
uint32_t server_ring_end;

static void put_ring(char c)
{
    server_ring[server_ring_end++ % LOG_BYTES] = c;
}

void server_log(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    format_text(put_ring, format, arguments);
    va_end(arguments);
    put_ring('\n');
}
