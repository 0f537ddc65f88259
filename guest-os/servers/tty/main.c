#include "tty.h"

int main(void)
{
    static struct msg m;
    static uint32_t data[WIRE_DATA / 4];
    start();
    for (;;) {
        uint32_t length;
        uint32_t channel = wire_receive(&m, data, &length);
        handle(channel, &m, data, length);
    }
}
