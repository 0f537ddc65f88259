#include "kernel.h"

/* Binary search trees in allocated nodes: malloc, free, pointers and calls. */
enum { NODES = 1500 };

struct node {
    struct node *left, *right;
    uint32_t key;
};

static struct node *insert(struct node *root, uint32_t key) {
    if (root == NULL) {
        root = malloc(sizeof *root);
        if (root == NULL) abort();
        root->left = root->right = NULL;
        root->key = key;
    } else if (key < root->key) {
        root->left = insert(root->left, key);
    } else {
        root->right = insert(root->right, key);
    }
    return root;
}

static uint32_t walk(const struct node *root, uint32_t sum) {
    if (root == NULL) return sum;
    return walk(root->right, kernel_mix(walk(root->left, sum), root->key));
}

static void drop(struct node *root) {
    if (root == NULL) return;
    drop(root->left);
    drop(root->right);
    free(root);
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 16);
    uint32_t state = 11, sum = 0;
    for (int round = 0; round < rounds; round++) {
        struct node *root = NULL;
        for (int i = 0; i < NODES; i++) root = insert(root, kernel_random(&state));
        sum = walk(root, sum);
        drop(root);
    }
    printf("tree %08x\n", (unsigned)sum);
    return 0;
}
