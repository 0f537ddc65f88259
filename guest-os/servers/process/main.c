#include "process.h"

int main(void)
{
    struct msg m;                   /* in the stack's page, which changes in any case */
    static uint32_t data[WIRE_DATA / 4];
    for (;;) {
        uint32_t length;
        uint32_t channel = wire_receive(&m, data, &length);
        handle(channel, &m, data, length);
    }
}
