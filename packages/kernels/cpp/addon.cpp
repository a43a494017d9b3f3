// The native engine's face to Node: kernels by name, the argument block, and blocks of memory that the garbage collector gives back.
//
// The module calls itself "experimental" so that finalizers run inside the collection: nothing else gives memory back
// in a loop that never yields. Such a finalizer must not call into Node; `ended` only puts a block on a free list.
#define NAPI_EXPERIMENTAL
#include <node_api.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "allocator.h"
#include "block.h"
#include "pool.h"
#include "processors.h"
#include "select.h"
#include "tickets.h"

namespace flambeau {
namespace {

struct Environment;

/// What a kernel's function is made of.
struct Bound {
  Run run;
  Environment* environment;
};

struct Environment {
  double* block = nullptr;
  double* gauges = nullptr;  // [0] bytes in blocks that the collector watches; read by TypeScript without a call
  Heap heap;
  Bound* bound = nullptr;
};

Environment& environment(napi_env env, napi_callback_info info, size_t count = 0, napi_value* arguments = nullptr) {
  void* data;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &data);
  return *static_cast<Environment*>(data);
}

double to_double(void* place) { return static_cast<double>(reinterpret_cast<uintptr_t>(place)); }

napi_value call_kernel(napi_env env, napi_callback_info info) {
  void* data;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  const Bound& bound = *static_cast<Bound*>(data);
  bound.run(bound.environment->block);
  return nullptr;
}

/// block[0]: bytes, block[1]: 1 where memory from the system may be taken; answers with the place in block[0], or 0.
void* allocate_by_block(Environment& environment) {
  double* block = environment.block;
  const double bytes = block[0];
  void* place = bytes >= 0 && bytes < 1e15 ? allocate(environment.heap, static_cast<size_t>(bytes), block[1] == 0) : nullptr;
  block[0] = to_double(place);
  return place;
}

napi_value allocate_block(napi_env env, napi_callback_info info) {
  allocate_by_block(environment(env, info));
  return nullptr;
}

/// Inside a garbage collection: the owner of the ticket's block is dead.
void ended(napi_env, void* data, void* hint) {
  double* gauges = static_cast<Environment*>(hint)->gauges;
  gauges[0] -= static_cast<double>(end_ticket(static_cast<Ticket*>(data)));
}

void watch(napi_env env, Environment& environment, napi_value owner, void* place) {
  Ticket* ticket = make_ticket(place);
  environment.gauges[0] += static_cast<double>(block_bytes(header_of(place)));
  napi_add_finalizer(env, owner, ticket, ended, &environment, nullptr);
}

napi_value allocate_for(napi_env env, napi_callback_info info) {
  napi_value owner;
  Environment& here = environment(env, info, 1, &owner);
  if (void* place = allocate_by_block(here)) watch(env, here, owner, place);
  return nullptr;
}

napi_value adopt(napi_env env, napi_callback_info info) {
  napi_value owner;
  Environment& here = environment(env, info, 1, &owner);
  watch(env, here, owner, place_of<void>(here.block[0]));
  return nullptr;
}

napi_value release_block(napi_env env, napi_callback_info info) {
  Environment& here = environment(env, info);
  void* place = place_of<void>(here.block[0]);
  here.gauges[0] -= static_cast<double>(void_ticket(place));
  release(place);
  return nullptr;
}

napi_value size_of_block(napi_env env, napi_callback_info info) {
  double* block = environment(env, info).block;
  block[0] = static_cast<double>(block_bytes(header_of(place_of<void>(block[0]))));
  return nullptr;
}

napi_value trim_memory(napi_env, napi_callback_info) {
  trim();
  return nullptr;
}

napi_value measure(napi_env env, napi_callback_info info) {
  double* block = environment(env, info).block;
  const MemoryUse use = memory_use();
  block[0] = static_cast<double>(use.live);
  block[1] = static_cast<double>(use.reserved);
  block[2] = static_cast<double>(use.blocks);
  return nullptr;
}

napi_value set_threads(napi_env env, napi_callback_info info) {
  double* block = environment(env, info).block;
  if (block[0] > 0) set_thread_count(static_cast<int>(block[0]));
  block[0] = thread_count();
  block[1] = processors();
  return nullptr;
}

/// The bytes of a typed array's own memory.
char* array_data(napi_env env, napi_value array) {
  void* data = nullptr;
  napi_get_typedarray_info(env, array, nullptr, nullptr, &data, nullptr, nullptr);
  return static_cast<char*>(data);
}

/// block[0]: place, block[1]: bytes; the argument is a typed array at least as long.
napi_value read_memory(napi_env env, napi_callback_info info) {
  napi_value array;
  const double* block = environment(env, info, 1, &array).block;
  if (block[1] > 0) std::memcpy(array_data(env, array), place_of<void>(block[0]), static_cast<size_t>(block[1]));
  return nullptr;
}

napi_value write_memory(napi_env env, napi_callback_info info) {
  napi_value array;
  const double* block = environment(env, info, 1, &array).block;
  if (block[1] > 0) std::memcpy(place_of<void>(block[0]), array_data(env, array), static_cast<size_t>(block[1]));
  return nullptr;
}

/// block[0]: place, block[1]: bytes; answers with an ArrayBuffer over them.
napi_value view_memory(napi_env env, napi_callback_info info) {
  const double* block = environment(env, info).block;
  napi_value buffer = nullptr;
  napi_create_external_arraybuffer(env, place_of<void>(block[0]), static_cast<size_t>(block[1]), nullptr, nullptr, &buffer);
  return buffer;
}

/// After all other finalizers of an environment.
void end_environment(napi_env, void* data, void*) {
  Environment* environment = static_cast<Environment*>(data);
  release_all(environment->heap);
  std::free(environment->bound);
  delete environment;
}

void define(napi_env env, napi_value object, const char* name, napi_callback callback, void* data) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, data, &function);
  napi_set_named_property(env, object, name, function);
}

/// A Float64Array in JavaScript's memory that lives as long as the environment.
double* share_array(napi_env env, napi_value object, const char* name, size_t length) {
  napi_value buffer, array;
  napi_ref forever;
  void* data;
  napi_create_arraybuffer(env, length * sizeof(double), &data, &buffer);
  napi_create_typedarray(env, napi_float64_array, length, buffer, 0, &array);
  napi_create_reference(env, buffer, 1, &forever);
  napi_set_named_property(env, object, name, array);
  return static_cast<double*>(data);
}

void define_kernels(napi_env env, napi_value exports, Environment& environment, const KernelEntry* table) {
  size_t count = 0;
  while (table[count].name) count++;
  environment.bound = static_cast<Bound*>(std::malloc((count + 1) * sizeof(Bound)));
  napi_value kernels;
  napi_create_object(env, &kernels);
  for (size_t i = 0; i < count; i++) {
    environment.bound[i] = Bound{table[i].run, &environment};
    define(env, kernels, table[i].name, call_kernel, &environment.bound[i]);
  }
  napi_set_named_property(env, exports, "kernels", kernels);
}

napi_value start(napi_env env, napi_value exports) {
  const char* wish = std::getenv("FLAMBEAU_ISA");
  const Target target = select_target(wish);
  if (!target.table) {
    char known[64], text[192];
    list_targets(known, sizeof known);
    std::snprintf(text, sizeof text, "FLAMBEAU_ISA is \"%.32s\": this processor runs the kernels for %s; unset it for the best", wish, known);
    napi_throw_range_error(env, nullptr, text);
    return nullptr;
  }
  Environment* environment = new Environment;
  napi_set_instance_data(env, environment, end_environment, nullptr);
  environment->block = share_array(env, exports, "block", block_length);
  environment->gauges = share_array(env, exports, "gauges", 1);

  napi_value isa, guarded, place;
  napi_create_string_utf8(env, target.isa, NAPI_AUTO_LENGTH, &isa);
  napi_set_named_property(env, exports, "isa", isa);
  napi_get_boolean(env, guards::width > 0, &guarded);
  napi_set_named_property(env, exports, "guarded", guarded);
  napi_create_double(env, to_double(environment->block), &place);
  napi_set_named_property(env, exports, "blockPlace", place);
  define_kernels(env, exports, *environment, target.table);

  const struct {
    const char* name;
    napi_callback callback;
  } functions[] = {{"allocate", allocate_block}, {"allocateFor", allocate_for}, {"adopt", adopt},
                   {"release", release_block},   {"size", size_of_block},      {"trim", trim_memory},         {"measure", measure},
                   {"setThreads", set_threads},  {"read", read_memory},         {"write", write_memory},
                   {"view", view_memory}};
  for (const auto& function : functions) define(env, exports, function.name, function.callback, environment);
  return exports;
}

}  // namespace
}  // namespace flambeau

extern "C" {
NAPI_MODULE_EXPORT int32_t node_api_module_get_api_version_v1() { return NAPI_VERSION_EXPERIMENTAL; }
NAPI_MODULE_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return flambeau::start(env, exports);
}
}
