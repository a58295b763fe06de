// A Vulkan driver that is Mesa's lavapipe under SwiftShader's name. Chromium accepts only SwiftShader as its software
// WebGPU adapter; lavapipe is about ten times faster and knows 16-bit floats. For test machines only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
typedef void (*Function)(void);
typedef Function (*GetProcAddr)(void *, const char *);

static GetProcAddr instance_proc, device_proc;
static uint32_t (*negotiate)(uint32_t *);
static void (*get_properties)(void *, uint32_t *);
static void (*get_properties2)(void *, uint32_t *);

static void open_driver(void) {
  static void *driver;
  if (driver) return;
  const char *file = getenv("LVP_SO");
  driver = dlopen(file ? file : "libvulkan_lvp.so", RTLD_NOW | RTLD_LOCAL);
  if (!driver) {
    fprintf(stderr, "icd-shim: %s\n", dlerror());
    return;
  }
  instance_proc = (GetProcAddr)dlsym(driver, "vk_icdGetInstanceProcAddr");
  device_proc = (GetProcAddr)dlsym(driver, "vk_icdGetPhysicalDeviceProcAddr");
  negotiate = dlsym(driver, "vk_icdNegotiateLoaderICDInterfaceVersion");
}

// VkPhysicalDeviceProperties begins: apiVersion, driverVersion, vendorID, deviceID, deviceType.
static void rename_device(uint32_t *properties) {
  properties[2] = 0x1AE0;
  properties[3] = 0xC0DE;
  properties[4] = 4; // a CPU
}

static void renamed_properties(void *device, uint32_t *properties) {
  get_properties(device, properties);
  rename_device(properties);
}

// VkPhysicalDeviceProperties2 has sType, padding and pNext (4 words) before the properties.
static void renamed_properties2(void *device, uint32_t *properties) {
  get_properties2(device, properties);
  rename_device(properties + 4);
}

static Function with_new_name(const char *name, Function found) {
  if (!found) return found;
  if (!strcmp(name, "vkGetPhysicalDeviceProperties")) {
    get_properties = (void *)found;
    return (Function)renamed_properties;
  }
  if (!strcmp(name, "vkGetPhysicalDeviceProperties2") || !strcmp(name, "vkGetPhysicalDeviceProperties2KHR")) {
    get_properties2 = (void *)found;
    return (Function)renamed_properties2;
  }
  return found;
}

EXPORT Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  open_driver();
  return instance_proc ? with_new_name(name, instance_proc(instance, name)) : 0;
}

EXPORT Function vk_icdGetPhysicalDeviceProcAddr(void *instance, const char *name) {
  open_driver();
  return device_proc ? with_new_name(name, device_proc(instance, name)) : 0;
}

EXPORT int32_t vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *version) {
  open_driver();
  return negotiate ? (int32_t)negotiate(version) : 0;
}
