#!/bin/sh
# Run once by Gradescope, on Ubuntu: the JDK that grades.
set -eu
apt-get update
apt-get install -y --no-install-recommends openjdk-17-jdk-headless python3 util-linux
