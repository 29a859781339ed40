/*
 * Asks for one URL over a number of connections again and again, lets the kernel drop the bodies, and
 * says how many bytes came in how long. Reading them would cost the client as much as the server, and
 * hide what the server costs.
 *
 * discarding-client PORT PATH CONNECTIONS SECONDS
 *   -> {"seconds":…,"bytes":…,"cpu":…,"failures":…,"firstByteMs":…}
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 8192, AT_ONCE = 16 << 20, TURNS = 8 };

struct connection {
  int fd;
  int head_length;
  char head[HEAD_MAX];
  long long body_left;
  double asked_at;
};

static const char *path;
static int port, epoll_fd;
static unsigned long long bytes;
static long failures, answers;
static double first_byte_sum;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void ask(struct connection *c) {
  char request[1024];
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
  c->head_length = 0;
  c->body_left = -1;
  c->asked_at = now();
  if (write(c->fd, request, length) != length) failures++;
}

static void open_connection(struct connection *c) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  int one = 1;
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0) {
    perror("connect");
    exit(1);
  }
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event);
  ask(c);
}

static void fail(struct connection *c) {
  failures++;
  close(c->fd);
  c->fd = -1;
}

/* Reads the head; what came with it of the body is counted. Gives 0 when the kernel has no more. */
static int take_head(struct connection *c) {
  ssize_t n = recv(c->fd, c->head + c->head_length, HEAD_MAX - 1 - c->head_length, 0);
  if (n < 0 && errno == EAGAIN) return 0;
  if (n <= 0) return fail(c), 0;
  c->head_length += n;
  c->head[c->head_length] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (!end) return 1;
  char *length = strcasestr(c->head, "\r\ncontent-length:");
  if (atoi(c->head + 9) / 100 != 2) return fail(c), 0;
  long long extra = c->head + c->head_length - (end + 4);
  /* A body of unknown length goes on until the time is over. */
  c->body_left = (length && length < end ? atoll(length + 17) : 1LL << 60) - extra;
  bytes += extra;
  answers++;
  first_byte_sum += now() - c->asked_at;
  return 1;
}

static int take_body(struct connection *c) {
  size_t wanted = c->body_left < AT_ONCE ? c->body_left : AT_ONCE;
  ssize_t n = recv(c->fd, NULL, wanted, MSG_TRUNC);
  if (n < 0 && errno == EAGAIN) return 0;
  if (n <= 0) return fail(c), 0;
  bytes += n;
  c->body_left -= n;
  if (c->body_left == 0) ask(c);
  return 1;
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  port = atoi(arguments[1]);
  path = arguments[2];
  int connections = atoi(arguments[3]);
  double begin = now(), end = begin + atof(arguments[4]);
  struct connection *all = calloc(connections, sizeof *all);
  struct epoll_event events[256];
  epoll_fd = epoll_create1(0);
  for (int i = 0; i < connections; i++) open_connection(&all[i]);
  while (now() < end) {
    int ready = epoll_wait(epoll_fd, events, 256, 20);
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      for (int turn = 0; turn < TURNS && c->fd >= 0; turn++)
        if (!(c->body_left < 0 ? take_head(c) : take_body(c))) break;
    }
  }
  double seconds = now() - begin;
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  double cpu = use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
  printf("{\"seconds\":%.4f,\"bytes\":%llu,\"cpu\":%.4f,\"failures\":%ld,\"firstByteMs\":%.3f}\n", seconds, bytes, cpu,
         failures, answers ? first_byte_sum / answers * 1e3 : 0);
  return 0;
}
