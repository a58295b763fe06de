#!/usr/bin/env bash
# Makes what run.mjs needs, in $RIG_HOME (~/.cache/sentential-webllm-rig): a Chromium whose software WebGPU adapter is Mesa
# lavapipe, the WebLLM version that the model library was made for, and a model folder with random weights.
# usage: setup.sh MODEL_LIB.wasm     For test machines: Debian or Ubuntu with chromium, gcc and node. Installs nothing outside $RIG_HOME.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lib=$(readlink -f "$1")
rig=${RIG_HOME:-$HOME/.cache/sentential-webllm-rig}
mkdir -p "$rig"
cd "$rig"

# Mesa 25 or newer, from the distribution's backports, unpacked and not installed.
if [ ! -e deb/x/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so ]; then
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | awk -v c="$codename" '$2 == c { print $1; exit }')
  mkdir -p apt/lists/partial apt/cache/archives/partial deb
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $codename-backports main" > apt/backports.list
  options=(-o "Dir::Etc::sourcelist=$rig/apt/backports.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$rig/apt/lists" -o "Dir::Cache=$rig/apt/cache")
  apt-get "${options[@]}" update > /dev/null
  (cd deb && apt-get "${options[@]}" download mesa-vulkan-drivers libdrm2 libdrm-amdgpu1 > /dev/null)
  for package in deb/*.deb; do dpkg-deb -x "$package" deb/x; done
fi

# The driver, and a Chromium that takes it for its own SwiftShader.
gcc -shared -fPIC -O1 -o icd-shim.so "$here/icd-shim.c" -ldl
printf '{"ICD":{"api_version":"1.4.305","library_path":"%s/icd-shim.so"},"file_format_version":"1.0.0"}\n' "$rig" > icd.json
[ -d chromium ] || cp -r "$(dirname "$(readlink -f /usr/lib/chromium/chromium)")" chromium
cp chromium/libvulkan.so.1 chromium/libvk_swiftshader.so
cp icd.json chromium/vk_swiftshader_icd.json

# The newest WebLLM for which a small model library can be had; run.mjs builds the app with it.
[ -d node_modules/web-llm-rig ] || npm install --silent --no-audit --no-fund --prefix "$rig" web-llm-rig@npm:@mlc-ai/web-llm@0.2.79

node "$here/make-model.mjs" "$lib" "$rig/model"
echo "ready: $rig"
