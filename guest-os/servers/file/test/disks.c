/* Full disks, damaged and absent ones, and what lasts. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "expect.h"

void full_disk(void)
{
    static uint8_t page[4096];
    char name[20];
    int32_t n;

    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "/big%d", i);
        int32_t h = create(&root, name);
        if (h < 0)
            break;
        while ((n = ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, 4096)) > 0)
            ;
        EXPECT(n == -ENOSPC || n == -EFBIG, 1);
        close_file(&root, h);
    }
    EXPECT(ask(&root, FILE_STATVFS, 0, 0, 0, 0, 0), 0);
    EXPECT(((struct file_statvfs *)(void *)answer.data)->available <= 1, 1);
    EXPECT(make_dir(&root, "/none"), -ENOSPC);
    EXPECT((int32_t)status_of(&root, "/none")->inode, 0);
    EXPECT(sync_all(), 0);
    EXPECT(ask_paths(&root, FILE_RENAME, "/big0", "/big"), 0);
    EXPECT(remove_file(&root, "/big"), 0);
    int32_t h = create(&root, "/again");
    EXPECT(ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, 4096), 4096);
    EXPECT(close_file(&root, h), 0);
    EXPECT(sync_all(), 0);
}

/* One half, then the other, is damaged; then one goes alone; then each. */
void mirror(void)
{
    static uint8_t page[1024];
    int32_t h = create(&root, "/mirror");

    for (int i = 0; i < 200; i++) {
        memset(page, i, sizeof page);
        EXPECT(ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, sizeof page), sizeof page);
    }
    close_file(&root, h);
    EXPECT(sync_all(), 0);
    uint32_t tree = tree_digest(&root);
    EXPECT(sync_all(), 0);
    for (int half = 0; half < 2; half++) {
        /* All but roots and areas of one half becomes noise; it is read from the other, and repaired. */
        for (uint32_t s = 2 * 18; s < devices[half].sectors - 2 * 18; s += 2)
            devices[half].lasting[(size_t)s * 512 + 100] ^= 0x40;
        end_clients();
        start_server();
        EXPECT(tree_digest(&root) == tree, 1);
        EXPECT(sync_all(), 0);
        /* What nobody read from the damaged half is still bad there: one fault at a time. */
        memcpy(devices[half].lasting + 36 * 512, devices[!half].lasting + 36 * 512, (devices[half].sectors - 72) * 512);
    }
    end_clients();
    devices[1].present = 0;
    start_server();
    for (int i = 0; i < 3; i++) {
        EXPECT(close_file(&root, create(&root, i ? "/alone" : "/alone-too")), 0);
        EXPECT(ask(&root, FILE_UTIME, 1, 7, (uint32_t)i, "/alone-too", 10), 0);
        EXPECT(sync_all(), 0);
    }
    tree = tree_digest(&root);
    sync_all();
    end_clients();
    devices[1].present = 1;
    /* What half 0 loses meanwhile and the stale half still has comes from there; so does a state area. */
    for (size_t s = 2 * 18 * 512; s < 2 * 60 * 512; s += 1024)
        if (memcmp(devices[0].lasting + s, devices[1].lasting + s, 1024) == 0)
            devices[0].lasting[s + 7] ^= 1;
    start_server();                     /* brings half 1 up to date */
    EXPECT(sync_all(), 0);
    EXPECT(tree_digest(&root) == tree, 1);
    EXPECT(sync_all(), 0);
    end_clients();
    for (int slot = 0; slot < 2; slot++)
        devices[0].lasting[(slot ? devices[0].sectors - 36 : 4) * (size_t)512] ^= 1;
    start_server();
    EXPECT(server_mounted() && tree_digest(&root) == tree, 1);
    EXPECT(sync_all(), 0);
    end_clients();
    devices[0].present = 0;
    start_server();
    EXPECT(server_mounted(), 1);
    EXPECT(tree_digest(&root) == tree, 1);
    EXPECT(close_file(&root, create(&root, "/one")), 0);
    EXPECT(sync_all(), 0);
    end_clients();
    devices[0].present = 1;
    devices[1].present = 0;
    start_server();
    EXPECT(close_file(&root, create(&root, "/nought")), 0);
    EXPECT(sync_all(), 0);
    end_clients();
    devices[1].present = 1;
    start_server();                     /* each went on without the other */
    EXPECT(server_mounted(), 0);
    EXPECT(open_file(&root, 0, "/"), -EIO);
    EXPECT((int32_t)watched_writes() > 1000, 1);
}

void orphans(void)
{
    static uint8_t page[4096];
    int32_t h = create(&root, "/orphan");

    EXPECT(make_dir(&root, "/gone"), 0);
    uint32_t before = server_free_blocks();
    for (int i = 0; i < 20; i++)
        EXPECT(ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, 4096), 4096);
    EXPECT(ask_path(&root, FILE_CHDIR, 0, 0, "/gone"), 0);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/gone"), 0);
    EXPECT(remove_file(&root, "/orphan"), 0);
    EXPECT(sync_all(), 0);
    EXPECT(server_free_blocks() <= before - 80, 1);
    end_clients();                      /* in memory only: the disk still has the orphans */
    start_server();
    EXPECT((int32_t)(server_free_blocks() - before), 1);    /* the block of /gone */
}

/* A bitmap of several blocks, of which a sync writes those that changed. */
void wide_bitmap(void)
{
    static uint8_t page[4096];

    end_clients();
    make_volume(1024, 20000);
    start_server();
    for (int i = 0; i < 6; i++) {
        int32_t h = create(&root, i % 2 ? "/odd" : "/even");
        for (int k = 0; k < 250 * (i + 1) && h >= 0; k++)
            EXPECT(ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, 4096), 4096);
        EXPECT(close_file(&root, h), 0);
        EXPECT(sync_all(), 0);
        uint32_t before = server_free_blocks(), tree = tree_digest(&root);
        end_clients();
        start_server();
        EXPECT((int32_t)(server_free_blocks() - before), 0);
        EXPECT(server_mounted() && tree_digest(&root) == tree, 1);
    }
}
