/** LIBSVM's text format, which leaves zeros away. */
package dev.lanewise.data.libsvm;
