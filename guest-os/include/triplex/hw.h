/*
 * The hardware as a board's processor sees it: addresses of registers, bits, layouts in memory.
 * Made by triplex.hw.HeaderGenerator from the emulator's tables; a test fails when it is stale.
 * For C and assembly. Meanings and units: bus-hw/DESIGN.md.
 */
#ifndef TRIPLEX_HW_H
#define TRIPLEX_HW_H

/* Memory of a board */
#define HW_RAM_LIMIT                0xE00000    /* RAM ends here at the latest */
#define HW_ROM_BASE                 0xF00000    /* boot ROM */
#define HW_ROM_BYTES                0x10000
#define HW_MAP_WINDOW               0xF80000    /* entries of the context in MAP_CONTEXT */
#define HW_PAGE_BYTES               4096        /* page of the map = greatest data of a frame */
#define HW_PAGE_SHIFT               12
#define HW_MAP_ENTRIES              4096        /* longwords in a context */
#define HW_MAP_CONTEXTS             128
#define MAP_VALID                   0x1         /* bits of a map entry */
#define MAP_WRITE                   0x2
#define MAP_EXECUTE                 0x4
#define MAP_REFERENCED              0x8
#define MAP_DIRTY                   0x10
#define MAP_SOFT0                   0x20
#define MAP_SOFT1                   0x40
#define MAP_SOFT2                   0x80
#define MAP_SOFT3                   0x100
#define MAP_ADDRESS                 0xFFF000    /* physical address of the page */

/* board control */
#define HW_SLOT                     0xFF0000    /* w R, own slot, 0 to 31 */
#define HW_ROM_OFF                  0xFF0002    /* w W, any write: RAM at address 0 until the next reset */
#define HW_CONTEXT                  0xFF0004    /* w RW, map context of user accesses, 0 to 127 */
#define HW_MAP_CONTEXT              0xFF0006    /* w RW, map context shown in the map window, 0 to 127 */
#define HW_EXIT                     0xFF0008    /* w W, ends the emulated run with this status */
#define HW_DIAG                     0xFF000A    /* b W, diagnostic serial line: one byte of text */
#define HW_WATCHDOG                 0xFF000C    /* w W, n: reset unless written again within n*1024 cycles; 0: off */
#define HW_FAULT_CAUSE              0xFF000E    /* w R, cause of the last BERR, FAULT_... */
#define HW_FAULT_ADDRESS            0xFF0010    /* l R, address of the last BERR */
#define HW_RAM_SIZE                 0xFF0014    /* l R, bytes of RAM */
#define HW_RESET_CAUSE              0xFF0018    /* w R, cause of the last reset, RESET_... */
#define HW_POWER                    0xFF001A    /* w W, POWER_OFF switches the machine off */
#define HW_PORTS                    0xFF001C    /* w R, bit n: disk controller n; bit 8+n: terminal controller n */

/* timer */
#define HW_CYCLES_HI                0xFF0100    /* l R, upper half of cycles since the last reset; latches CYCLES_LO */
#define HW_CYCLES_LO                0xFF0104    /* l R, lower half, as latched by CYCLES_HI */
#define HW_PERIOD                   0xFF0108    /* l RW, interrupt every PERIOD cycles from the write on; 0: off */
#define HW_TIMER_ACK                0xFF010C    /* w W, takes the TIMER request back */

/* interrupt controller */
#define HW_PENDING                  0xFF0200    /* w R, requests, INT_... */
#define HW_ENABLE                   0xFF0202    /* w RW, enabled requests, INT_... */

/* bus interface */
#define HW_CONTROL                  0xFF0300    /* w RW, BUS_ON; clearing it resets the interface */
#define HW_STATUS                   0xFF0302    /* w R, BUS_HAS_VIEW, BUS_TRANSMITTING, BUS_VIEW_BUSY */
#define HW_VIEW                     0xFF0304    /* l R, number of the view it is in; 0 none */
#define HW_MEMBERS                  0xFF0308    /* l R, mask of the slots of that view */
#define HW_PRESENT                  0xFF030C    /* l R, mask of the slots whose READY line is up */
#define HW_SLOT_CHANGE              0xFF0310    /* l RW, slots whose READY line changed; writing ones clears them */
#define HW_ACCUSE                   0xFF0314    /* l W, mask of slots that this board believes dead */
#define HW_TX_BASE                  0xFF0320    /* l RW, address of the transmit ring */
#define HW_TX_SIZE                  0xFF0324    /* w RW, entries, a power of two, up to 256 */
#define HW_TX_PRODUCER              0xFF0326    /* w RW, entries queued, free-running; writing is the doorbell */
#define HW_TX_CONSUMER              0xFF0328    /* w R, entries completed, free-running */
#define HW_TX_ACK                   0xFF032A    /* w W, takes the BUS_TX request of the ring back */
#define HW_VIEW_BASE                0xFF0330    /* l RW, address of the descriptor of the view slot */
#define HW_VIEW_GO                  0xFF0334    /* w W, 1: send it; 0: withdraw it */
#define HW_VIEW_ACK                 0xFF0336    /* w W, takes the BUS_TX request of the view slot back */
#define HW_RX_BASE                  0xFF0340    /* l RW, address of the normal receive ring */
#define HW_RX_SIZE                  0xFF0344    /* w RW, entries, a power of two, 8 to 256; written while off */
#define HW_RX_PRODUCER              0xFF0346    /* w R, entries filled, free-running */
#define HW_RX_CONSUMER              0xFF0348    /* w RW, entries emptied, free-running */
#define HW_SX_BASE                  0xFF0350    /* l RW, address of the silent receive ring */
#define HW_SX_SIZE                  0xFF0354    /* w RW, entries, a power of two, 8 to 256; written while off */
#define HW_SX_PRODUCER              0xFF0356    /* w R, entries filled, free-running */
#define HW_SX_CONSUMER              0xFF0358    /* w RW, entries emptied, free-running */
#define HW_PAGE_BASE                0xFF0360    /* l RW, ring of longwords: addresses of free page buffers */
#define HW_PAGE_SIZE                0xFF0364    /* w RW, entries, a power of two, up to 1024; written while off */
#define HW_PAGE_PRODUCER            0xFF0366    /* w RW, pages posted, free-running */
#define HW_PAGE_CONSUMER            0xFF0368    /* w R, pages taken, free-running */
#define HW_COUNT_SENT               0xFF0380    /* l R, frames of this board committed */
#define HW_COUNT_WORDS              0xFF0384    /* l R, words of them */
#define HW_COUNT_REFUSED            0xFF0388    /* l R, attempts that were not committed */
#define HW_COUNT_RECEIVED           0xFF038C    /* l R, frames taken */
#define HW_COUNT_LANE_A             0xFF0390    /* l R, words in which lane A disagreed with the vote */
#define HW_COUNT_LANE_B             0xFF0394    /* l R, the same of lane B */
#define HW_COUNT_LANE_C             0xFF0398    /* l R, the same of lane C */

/* clock chip */
#define HW_SECONDS                  0xFF0400    /* l R, since 1970-01-01 UTC; latches MILLISECONDS */
#define HW_MILLISECONDS             0xFF0404    /* w R, 0 to 999, as latched by SECONDS */
#define HW_SET_SECONDS              0xFF0406    /* l W, sets the clock */

/* disk controller port n at + 200h*n */
#define HW_DISK_STATUS              0xFF1000    /* w R, DISK_READY, DISK_BUSY, DISK_DONE, DISK_OWNS, DISK_PROTECTED */
#define HW_DISK_ERROR               0xFF1002    /* w R, of the last command, DISK_E_... */
#define HW_DISK_COMMAND             0xFF1004    /* w W, DISK_READ, DISK_WRITE, DISK_FLUSH, DISK_TAKE */
#define HW_DISK_COUNT               0xFF1006    /* w RW, sectors of 512 bytes, 1 to 128 */
#define HW_DISK_SECTOR              0xFF1008    /* l RW, first sector */
#define HW_DISK_ADDRESS             0xFF100C    /* l RW, address in RAM, even */
#define HW_DISK_EPOCH               0xFF1010    /* l RW, read: the controller's; write: argument of DISK_TAKE */
#define HW_DISK_CRC                 0xFF1014    /* l R, CRC-32C of all bytes of the last READ or WRITE */
#define HW_DISK_CAPACITY            0xFF1018    /* l R, sectors */
#define HW_DISK_ACK                 0xFF101C    /* w W, takes DISK_DONE back */

/* terminal controller port n at + 400h*n, line m at + 40h*m */
#define HW_TTY_STATUS               0xFF2000    /* w R, TTY_B_INPUT, TTY_B_ROOM, TTY_B_PRINTED, TTY_B_CARRIER */
#define HW_TTY_KIND                 0xFF2002    /* w R, of the record TTY_NUMBER, TTY_K_... */
#define HW_TTY_DATA                 0xFF2004    /* w R, the byte; or rows */
#define HW_TTY_DATA2                0xFF2006    /* w R, columns */
#define HW_TTY_NUMBER               0xFF2008    /* l RW, the record shown by KIND and DATA */
#define HW_TTY_ACK                  0xFF200C    /* l RW, all records below this number are released */
#define HW_TTY_NEXT                 0xFF2010    /* l R, offset of the next output byte it will accept */
#define HW_TTY_PRINTED              0xFF2014    /* l R, bytes printed since power-up */
#define HW_TTY_OFFSET               0xFF2018    /* l RW, offset of the byte that the next write to TTY_OUT carries */
#define HW_TTY_OUT                  0xFF201C    /* b W, a byte; TTY_OFFSET rises by one */
#define HW_TTY_REFUSED              0xFF201E    /* w R, refused bytes since TTY_TAKE */
#define HW_TTY_ENABLE               0xFF2020    /* w RW, requests on TTY_B_INPUT, TTY_B_ROOM, TTY_B_PRINTED */

/* terminal controller port n at + 400h*n, ownership */
#define HW_TTY_COMMAND              0xFF2100    /* w W, TTY_TAKE */
#define HW_TTY_ERROR                0xFF2102    /* w R, of the last command, as DISK_E_...; poll while UNDER_WAY */
#define HW_TTY_EPOCH                0xFF2104    /* l RW, read: the controller's; write: argument of TTY_TAKE */
#define HW_TTY_OWNER                0xFF2108    /* w R, 1: this port */

#define HW_DISK_STRIDE              0x200       /* from one disk controller's port to the next */
#define HW_TTY_STRIDE               0x400       /* from one terminal controller's port to the next */
#define HW_TTY_LINE_STRIDE          0x40        /* from one line to the next */
#define HW_TTY_LINES                4           /* lines of a terminal controller */

/* Interrupts: bit in PENDING and ENABLE, level, vector */
#define INT_TIMER                   0x1         /* timer */
#define LEVEL_TIMER                 6
#define VECTOR_TIMER                0x40
#define INT_BUS_RX                  0x2         /* normal receive queue not empty */
#define LEVEL_BUS_RX                4
#define VECTOR_BUS_RX               0x41
#define INT_BUS_TX                  0x4         /* a transmit entry completed or failed */
#define LEVEL_BUS_TX                4
#define VECTOR_BUS_TX               0x42
#define INT_BUS_SLOT                0x8         /* SLOT_CHANGE is not zero */
#define LEVEL_BUS_SLOT              5
#define VECTOR_BUS_SLOT             0x43
#define INT_BUS_SILENT              0x10        /* silent receive queue half full */
#define LEVEL_BUS_SILENT            4
#define VECTOR_BUS_SILENT           0x44
#define INT_DISK                    0x20        /* a disk controller's DONE */
#define LEVEL_DISK                  3
#define VECTOR_DISK                 0x45
#define INT_TTY                     0x40        /* a terminal controller wants service */
#define LEVEL_TTY                   3
#define VECTOR_TTY                  0x46
#define INT_NMI                     0x80        /* operator's switch; not masked by ENABLE */
#define LEVEL_NMI                   7
#define VECTOR_NMI                  0x48

/* FAULT_CAUSE */
#define FAULT_NOBODY                1           /* nobody answers */
#define FAULT_INVALID               2           /* page invalid */
#define FAULT_NOT_WRITABLE          3
#define FAULT_NOT_EXECUTABLE        4
#define FAULT_PARITY                5
#define FAULT_NOT_RAM               6           /* user map shows something else than RAM */

/* RESET_CAUSE */
#define RESET_POWER_UP              0           /* or insertion */
#define RESET_WATCHDOG              1
#define RESET_ISOLATED              2           /* excluded from the bus */
#define RESET_OPERATOR              3
#define RESET_PARITY                4           /* parity error in a DMA */

/* POWER */
#define POWER_OFF                   0xFF1

/* CONTROL and STATUS of the bus interface */
#define BUS_ON                      0x1         /* CONTROL */
#define BUS_HAS_VIEW                0x1         /* STATUS */
#define BUS_TRANSMITTING            0x2
#define BUS_VIEW_BUSY               0x4

/* Frame header, 32 bytes */
#define FRAME_KIND                  0           /* b, KIND_... */
#define FRAME_DESTINATIONS          1           /* b, 0 to 4 */
#define FRAME_SOURCE                2           /* b, set by the interface */
#define FRAME_FLAGS                 3           /* b, FLAG_... */
#define FRAME_DESTINATION           4           /* 4 x (b slot, b ROLE_...) */
#define FRAME_VIEW                  12          /* l, view it belongs to; VIEW: the new number */
#define FRAME_CHANNEL               16          /* l, channel; VIEW: members of the new view */
#define FRAME_SENT                  20          /* l, sent; VIEW: slots that it excludes */
#define FRAME_PARAMETERS            24          /* w, bytes, 0 to 128, even */
#define FRAME_DATA                  26          /* w, bytes, 0 to 4096, even */
#define FRAME_TAG                   28          /* l, the software's */
#define FRAME_HEADER_BYTES          32
#define KIND_DATA                   1
#define KIND_VIEW                   2
#define KIND_BOOT                   3
#define FLAG_FOUNDING               1           /* of a VIEW frame */
#define MAX_DESTINATIONS            4
#define MAX_PARAMETERS              128         /* bytes */
#define MAX_DATA                    4096        /* bytes */
#define ROLE_RECEIVER               1
#define ROLE_RECEIVER_BACKUP        2
#define ROLE_SENDER_BACKUP          4

/* Transmit descriptor, 64 bytes; begins with the frame header */
#define TX_PARAMETERS_AT            32          /* l, address */
#define TX_DATA_AT                  36          /* l, address */
#define TX_STATUS                   40          /* w, STATUS_... */
#define TX_ATTEMPTS                 42          /* w */
#define TX_REFUSED                  44          /* l, slots that refused */
#define TX_ABSENT                   48          /* l, slots that did not answer */
#define TX_COMMIT                   52          /* l, commit number */
#define TX_SOFTWARE                 56          /* 8 bytes, the software's */
#define TX_BYTES                    64
#define STATUS_QUEUED               0
#define STATUS_COMMITTED            1           /* completes */
#define STATUS_REFUSED              2           /* is tried again */
#define STATUS_ABSENT               3           /* is tried again */
#define STATUS_STALE                4           /* completes */
#define STATUS_FAULT                5           /* is tried again */
#define STATUS_BAD                  6           /* completes: the descriptor makes no sense */

/* Receive entry, 192 bytes; begins with the frame header */
#define RX_COMMIT                   32          /* l, commit number */
#define RX_PAGE                     36          /* l, address of the page with the data, or 0 */
#define RX_ROLES                    40          /* w, this board's ROLE_... */
#define RX_FLAGS                    42          /* w, RX_IN_BOTH */
#define RX_PARAMETERS               64          /* parameters */
#define RX_BYTES                    192
#define RX_IN_BOTH                  1           /* the frame is in both queues */
#define RX_RESERVED                 4           /* entries of each queue kept for VIEW frames */

/* Disk controller */
#define DISK_READY                  0x1         /* DISK_STATUS */
#define DISK_BUSY                   0x2
#define DISK_DONE                   0x4
#define DISK_OWNS                   0x8
#define DISK_PROTECTED              0x10
#define DISK_READ                   1           /* DISK_COMMAND */
#define DISK_WRITE                  2
#define DISK_FLUSH                  3
#define DISK_TAKE                   4
#define DISK_E_NONE                 0           /* DISK_ERROR and TTY_ERROR */
#define DISK_E_NO_DRIVE             1
#define DISK_E_NOT_OWNER            2
#define DISK_E_UNREADABLE           3
#define DISK_E_ADDRESS              4
#define DISK_E_DMA                  5
#define DISK_E_FENCED               6
#define DISK_E_EPOCH                7
#define DISK_E_UNDER_WAY            8
#define DISK_E_LOST                 9

/* Terminal controller */
#define TTY_B_INPUT                 0x1         /* TTY_STATUS; the first three TTY_ENABLE */
#define TTY_B_ROOM                  0x2
#define TTY_B_PRINTED               0x4
#define TTY_B_CARRIER               0x8
#define TTY_K_NONE                  0           /* TTY_KIND */
#define TTY_K_BYTE                  1
#define TTY_K_WINDOW                2
#define TTY_K_HANGUP                3
#define TTY_K_CARRIER               4
#define TTY_TAKE                    4           /* TTY_COMMAND */

#ifndef __ASSEMBLER__
#include <stdint.h>
#define HW8(address) (*(volatile uint8_t *)(address))
#define HW16(address) (*(volatile uint16_t *)(address))
#define HW32(address) (*(volatile uint32_t *)(address))
#endif

#endif
