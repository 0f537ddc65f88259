#include "process.h"

int main(void)
{
    static struct msg m;
    static uint32_t data[WIRE_DATA / 4];
    for (;;) {
        uint32_t length;
        uint32_t channel = wire_receive(&m, data, &length);
        handle(channel, &m, data, length);
    }
}
