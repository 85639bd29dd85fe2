FROM busybox AS tools
RUN --network=none for i in $(seq 1 8); do echo compiling tool $i; sleep 0.1; done

FROM busybox AS docs
RUN --network=none for i in $(seq 1 4); do printf '\033[32mpage %s\033[0m\n' $i; sleep 0.2; done

FROM busybox
COPY hello /hello
COPY --from=tools /bin/busybox /tool
COPY --from=docs /bin/busybox /docs
RUN --network=none echo "no newline at the end" && printf "last words" && false
CMD cat /hello
